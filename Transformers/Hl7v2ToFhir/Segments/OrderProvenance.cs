using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>ORC[Provenance]: who entered, checked and carried out the order. Made only where the ORC names somebody.</summary>
internal static class OrderProvenance
{
    public static void Map(OrderGroup group)
    {
        var orc = group.Orc;
        if (!group.Request.Populated || !(orc[10].HasValue || orc[11].HasValue || orc[19].HasValue)) return;
        var mapping = group.Mapping;
        var provenance = mapping.Resources.Begin("Provenance", SharingCategory.None);
        mapping.Resources.Own(provenance, group.AddTo(mapping.Resources.Key("Provenance").Add("ORC").Add(mapping.ControlId)));
        provenance.ReferItem("target", group.Request);
        provenance.SetDateTime("occurredDateTime", orc[9]); // ORC-9 occurredDateTime
        if (!provenance.SetInstant("recorded", orc[9])) provenance.SetInstant("recorded", mapping.Context.ReceivedAt); // ORC-9 recorded
        Activity(provenance, orc[1]);
        Agents(provenance, orc[10], "enterer", orc[17]); // ORC-10 XCN[Practitioner] ORC-17 CWE[Organization]
        Agents(provenance, orc[11], "verifier", default); // ORC-11 XCN[Practitioner]
        Agents(provenance, orc[19], "performer", default); // ORC-19 XCN[Practitioner]
    }

    // ORC-1 IF ORC-1 EQUALS "NW", "SC", IN ("OC", "CA")
    private static void Activity(FhirNode provenance, Value control)
    {
        var code = control.Text switch { "NW" => "CREATE", "SC" => "UPDATE", "OC" or "CA" => "CANCEL", _ => null };
        if (code is null) return;
        provenance.Object("activity").Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/v3-DataOperation").Set("code", code, control.Leaf);
    }

    private static void Agents(FhirNode provenance, FieldValue persons, string type, FieldValue behalf)
    {
        foreach (var person in persons)
        {
            var practitioner = Xcn.ToPractitioner(person);
            if (!practitioner.Populated) continue;
            MshProvenance.Agent(provenance, type, practitioner, person.Mapping);
            if (behalf.HasValue) LastAgent(provenance).Refer("onBehalfOf", CweOrganization.Map(behalf));
        }
    }

    private static FhirNode LastAgent(FhirNode provenance)
    {
        FhirNode last = default;
        foreach (var agent in provenance.Items("agent")) last = agent;
        return last;
    }
}
