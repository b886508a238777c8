using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>PL[Location]: person location (HL7 v2.8.2 2A.53): a chain of Locations, each part of the next wider one.</summary>
public static class Pl
{
    /// <summary>From the widest to the narrowest: component, code of Location.physicalType (empty where FHIR has none for it).</summary>
    private static readonly (int Component, string PhysicalType)[] Chain = [(4, "si"), (7, "bu"), (1, ""), (8, "lvl"), (2, "ro"), (3, "bd")];

    // NDL has the same parts under other numbers (HL7 v2.8.2 2A.47).
    private static readonly (int Component, string PhysicalType)[] NdlChain = [(7, "si"), (10, "bu"), (4, ""), (11, "lvl"), (5, "ro"), (6, "bd")];

    /// <param name="addressed">True for LA2, which has an address from the ninth component on.</param>
    /// <returns>The narrowest Location, such as the bed; no node where the value is absent.</returns>
    public static FhirNode ToLocation(Value pl, bool addressed = false) => ToLocation(pl, Chain, !addressed);

    /// <summary>NDL[PractitionerRole]: NDL.4 to NDL.11. The place is the same one as where a PL names it.</summary>
    public static FhirNode OfNdl(Value ndl) => ToLocation(ndl, NdlChain, described: false);

    private static FhirNode ToLocation(Value pl, (int Component, string PhysicalType)[] chain, bool described)
    {
        if (!pl.HasValue) return default;
        var mapping = pl.Mapping;
        FhirNode wider = default;
        for (var step = 0; step < chain.Length; step++)
        {
            if (!pl[chain[step].Component].HasValue) continue;
            var location = mapping.Resources.BeginMentioned("Location");
            ToPlace(location, pl[chain[step].Component], chain[step].PhysicalType); // PL.1 PL.2 PL.3 PL.4 PL.7 PL.8 HD[Identifier]
            if (described && IsNarrowest(pl, step))
            {
                location.SetText("description", pl[9]); // PL.9
                if (pl[10].HasValue) Comprehensive(location.Item("identifier"), pl); // PL.10 PL.11
            }

            location.Refer("partOf", wider);
            var key = mapping.Resources.Key("Location");
            for (var above = 0; above <= step; above++) key.Add(pl[chain[above].Component][1]).Add(pl[chain[above].Component][2]);
            wider = mapping.Resources.Share(location, key);
        }

        return wider;
    }

    private static void ToPlace(FhirNode location, Value hd, string physicalType)
    {
        location.Constant("mode", "instance");
        location.SetText("name", hd[1]);
        if (hd[1].Leaf >= 0) location.Item("identifier").SetText("value", hd[1]); // HD.1
        Hd.SetUniversalIdentifier(location, hd); // HD.2 HD.3
        if (physicalType.Length == 0) return;
        location.ConstantObject("physicalType").ConstantItem("coding")
            .Constant("system", "http://terminology.hl7.org/CodeSystem/location-physical-type").Constant("code", physicalType);
    }

    private static void Comprehensive(FhirNode identifier, Value pl)
    {
        Ei.ToIdentifier(identifier, pl[10]); // PL.10
        if (!identifier.Has("assigner")) identifier.Refer("assigner", Hd.ToOrganization(pl[11])); // PL.11
    }

    private static bool IsNarrowest(Value pl, int step)
    {
        for (var further = step + 1; further < Chain.Length; further++)
        {
            if (pl[Chain[further].Component].HasValue) return false;
        }

        return true;
    }
}
