using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.MasterFile;

/// <summary>
/// LOC, LCH, LRL and LDP: a place as Location, the narrowest of its PL, each part of the next wider one (HL7 v2.8.2 8.9.2 to 8.9.5; the
/// official maps have none of them). Its id is the one under which visits name it. Accommodation and charge codes (LCC) are carried.
/// </summary>
internal sealed class LocLocation
{
    private const string Characteristic = "urn:ehealthplus:extension:location-characteristic";

    private readonly FhirNode location;

    public LocLocation(SegmentValue loc, MasterFileRecord record)
    {
        record.DropRepeatedKey(loc[1]);
        location = Pl.ToLocation(loc[1]); // LOC-1 PL[Location]
        if (!location.Exists) return;
        loc.Mapping.Resources.Of(location).Mode = record.Mode;
        location.Set("status", record.Withdrawn ? "inactive" : "active", record.Mfe[1].First.Leaf); // MFE-1 status
        location.SetText("description", loc[2]); // LOC-2 description
        location.AddConcepts("type", loc[3]); // LOC-3 type
        location.Refer("managingOrganization", Xon.ToOrganization(loc[4])); // LOC-4 managingOrganization
        if (loc[5].HasValue) Xad.ToAddress(location.Object("address"), loc[5]); // LOC-5 address
        location.AddContacts("telecom", loc[6]); // LOC-6 telecom
        foreach (var licence in loc[7]) // LOC-7 identifier
        {
            if (licence[1].Leaf < 0) continue;
            var identifier = location.Item("identifier");
            identifier.SetText("value", licence[1]);
            Cwe.SetSystem(identifier, "system", licence[3]);
            identifier.Object("type").SetText("text", licence[2]);
        }

        location.AddConcepts("type", loc[9]); // LOC-9 type
    }

    public FhirNode Location => location;

    /// <summary>LCH: a characteristic and its value. R4 Location has no element for it; R5 has.</summary>
    public void Characterise(SegmentValue lch)
    {
        DropKey(lch);
        if (!location.Exists || !lch[4].HasValue) return;
        var extension = location.Extension(Characteristic);
        extension.Extension("code").SetConcept("valueCodeableConcept", lch[4]); // LCH-4
        if (lch[5].HasValue) extension.Extension("value").SetConcept("valueCodeableConcept", lch[5]); // LCH-5
    }

    /// <summary>LRL: how it lies to another place. Only the parent has an element; the nearest pharmacy and the like are carried.</summary>
    public void Relate(SegmentValue lrl)
    {
        DropKey(lrl);
        if (!location.Exists || !lrl[4].First[1].Is("PAR"u8)) return;
        var parent = Pl.ToLocation(lrl[6]);
        if (!parent.Populated) return;
        // It stands between the place and what its PL names as wider.
        if (location.Has("partOf")) location.Find("partOf").Remove();
        location.Refer("partOf", parent); // LRL-6 partOf
    }

    /// <summary>LDP: a department that works there, with its services and hours.</summary>
    public void Department(SegmentValue ldp, MasterFileRecord record)
    {
        DropKey(ldp);
        if (!location.Exists) return;
        location.AddConcepts("type", ldp[2]); // LDP-2 type
        location.AddConcepts("type", ldp[3], TableMaps.HospitalService); // LDP-3 type
        location.AddConcepts("type", ldp[4]); // LDP-4 type
        var flag = ldp[6].First;
        if (!record.Withdrawn && flag.IsOneOf("A"u8, "I"u8)) location.Set("status", flag.Is("A"u8) ? "active" : "inactive", flag.Leaf).AlsoFrom("status", record.Mfe[1].First.Leaf); // LDP-6 status
        foreach (var hours in ldp[10]) Hours(hours);
        location.AddContacts("telecom", ldp[11]); // LDP-11 telecom
    }

    // LDP-10 VH: from day to day, from hour to hour; FHIR lists the days.
    private void Hours(Value vh)
    {
        if (!vh.HasValue) return;
        var (first, last) = (WeekDay.Of(vh[1].Text), WeekDay.Of(vh[2].Leaf >= 0 ? vh[2].Text : vh[1].Text));
        if (first < 0 || last < 0)
        {
            vh.Note(CarryReason.NoTableRow);
            return;
        }

        var opening = location.Item("hoursOfOperation");
        for (var day = first; ; day = (day + 1) % 7)
        {
            opening.Append("daysOfWeek", WeekDay.Codes[day], day == first ? vh[1].Leaf : day == last ? vh[2].Leaf : FhirNode.NoLeaf); // LDP-10 hoursOfOperation.daysOfWeek
            if (day == last) break;
        }

        opening.SetTime("openingTime", vh[3]); // LDP-10 hoursOfOperation.openingTime
        opening.SetTime("closingTime", vh[4]); // LDP-10 hoursOfOperation.closingTime
    }

    // Each of them repeats the key of its LOC.
    private static void DropKey(SegmentValue segment) => segment[1].Drop(DropRule.SameAsOther);

    /// <summary>HL7 table 0267 as FHIR days-of-week.</summary>
    private static class WeekDay
    {
        public static readonly string[] Codes = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

        public static int Of(string day) => Array.IndexOf(Codes, day.ToLowerInvariant());
    }
}
