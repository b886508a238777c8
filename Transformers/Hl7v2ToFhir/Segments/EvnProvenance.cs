using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>EVN[Provenance]: what happened, when, why and at whose hand. It points at the Patient and the Encounter of the message.</summary>
public static class EvnProvenance
{
    public static void Map(Mapping mapping)
    {
        var evn = mapping.First("EVN");
        if (!evn.Exists || !mapping.Patient.Populated) return;
        var msh = mapping.Segments[0];
        var place = ToLocation(evn[7]); // EVN-7 HD[Location]
        var provenance = mapping.Resources.Begin("Provenance", SharingCategory.None);
        mapping.Resources.Own(provenance, mapping.Resources.Key("Provenance").Add("EVN").Add(mapping.ControlId));
        provenance.ReferItem("target", mapping.Patient);
        provenance.ReferItem("target", mapping.Encounter);
        if (evn[1].First.Is(msh[9].First[2].Utf8)) evn[1].Drop(DropRule.SameAsOther);
        if (!provenance.SetDateTime("occurredDateTime", evn[6])) provenance.SetDateTime("occurredDateTime", evn[2]); // EVN-6 occurredDateTime
        if (!provenance.SetInstant("recorded", evn[2])) provenance.SetInstant("recorded", mapping.Context.ReceivedAt); // EVN-2 recorded
        provenance.Object("activity").SetJoined("text", "^"u8, msh[9].First[1], msh[9].First[2]);
        if (!evn[4].First.Is("U"u8)) provenance.AddConcepts("reason", evn[4], TableMaps.EventReason); // EVN-4 CWE[CodeableConcept]
        else provenance.Item("reason").Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/data-absent-reason").Set("code", "unknown", evn[4].First.Leaf); // EVN-4 IF EVN-4 IS "U"
        provenance.Refer("location", place);
        var named = false;
        foreach (var person in evn[5]) // EVN-5 XCN[Practitioner]
        {
            if (!person.HasValue) continue;
            MshProvenance.Agent(provenance, "enterer", Xcn.ToPractitioner(person), mapping);
            named = true;
        }

        if (!named) MshProvenance.Agent(provenance, "author", mapping.Sender, mapping);
    }

    private static FhirNode ToLocation(Value hd)
    {
        if (!hd.HasValue) return default;
        var location = hd.Mapping.Resources.BeginMentioned("Location");
        location.SetText("name", hd[1]); // HD.1 HD[Location]
        Hd.SetUniversalIdentifier(location, hd); // HD.2 HD[Location]
        location.ConstantObject("physicalType").ConstantItem("coding")
            .Constant("system", "http://terminology.hl7.org/CodeSystem/location-physical-type").Constant("code", "si");
        return hd.Mapping.Resources.Share(location, hd.Mapping.Resources.Key("Location").Add(hd[1]).Add(hd[2]));
    }
}
