using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// ORC[Provenance] and CWE[Device]: who entered, checked, ordered and carried out the order, and what was done to it. In results it is made only where
/// the ORC names somebody who is not in the order itself.
/// </summary>
internal static class OrderProvenance
{
    /// <param name="pharmacists">Who verified a prescription: RXE-14 or RXO-15.</param>
    public static void Map(OrderGroup group, FieldValue pharmacists = default)
    {
        var orc = group.Orc;
        if (!group.Request.Populated || !orc.Exists) return;
        if (group.HasResults && !orc[10].HasValue && !orc[11].HasValue && !orc[19].HasValue && !pharmacists.HasValue) return;
        var mapping = group.Mapping;
        var provenance = mapping.Resources.Begin("Provenance", SharingCategory.None);
        mapping.Resources.Own(provenance, group.AddTo(mapping.Resources.Key("Provenance").Add("ORC").Add(mapping.ControlId)));
        provenance.ReferItem("target", group.Request);
        provenance.SetDateTime("occurredDateTime", orc[15].HasValue ? orc[15] : orc[9]); // ORC-9 occurredDateTime
        if (!provenance.SetInstant("recorded", orc[9])) provenance.SetInstant("recorded", mapping.Context.ReceivedAt); // ORC-9 recorded
        provenance.Refer("location", Pl.ToLocation(orc[13]));
        provenance.AddConcepts("reason", orc[16]);
        Activity(provenance, orc[1]);
        Agents(provenance, orc[10], "enterer", orc[17]); // ORC-10 XCN[Practitioner] ORC-17 CWE[Organization]
        Agents(provenance, orc[11], "verifier", default); // ORC-11 XCN[Practitioner]
        Agents(provenance, pharmacists, "verifier", default);
        Agents(provenance, orc[12], "author", default); // ORC-12 XCN[Practitioner]
        Agents(provenance, orc[19], "performer", default); // ORC-19 XCN[Practitioner]
        if (DeviceOf(orc[18]) is { Populated: true } device) provenance.Item("agent").Refer("who", device); // ORC-18 CWE[Device]
        // R4 Provenance.agent is 1..*.
        if (!provenance.Has("agent")) MshProvenance.Agent(provenance, "author", mapping.Sender, mapping);
    }

    // ORC-1 IF ORC-1 EQUALS "NW", "SC", IN ("OC", "CA"); the other codes of the table as they are.
    private static void Activity(FhirNode provenance, Value control)
    {
        if (control.Leaf < 0) return;
        var coding = provenance.Object("activity").Item("coding");
        var code = control.Text switch { "NW" => "CREATE", "SC" => "UPDATE", "OC" or "CA" => "CANCEL", _ => null };
        if (code is not null) coding.Constant("system", "http://terminology.hl7.org/CodeSystem/v3-DataOperation").Set("code", code, control.Leaf);
        else coding.Constant("system", "http://terminology.hl7.org/CodeSystem/v2-0119").SetCode("code", control);
    }

    private static FhirNode DeviceOf(Value cwe)
    {
        if (!cwe.HasValue) return default;
        var mapping = cwe.Mapping;
        var device = mapping.Resources.BeginMentioned("Device");
        Known(device, cwe[1], cwe[2], cwe[3]); // CWE.1 identifier[1].value CWE.2 deviceName[1].name CWE.3 identifier[1].system
        Known(device, cwe[4], cwe[5], cwe[6]); // CWE.4 identifier[2].value CWE.5 deviceName[2].name CWE.6 identifier[2].system
        Known(device, cwe[10], cwe[11], cwe[12]); // CWE.10 identifier[3].value CWE.11 deviceName[3].name CWE.12 identifier[3].system
        device.Item("deviceName").Constant("type", "user-friendly-name").SetText("name", cwe[9]); // CWE.9 deviceName[4].name
        return mapping.Resources.Share(device, mapping.Resources.Key("Device").Add("coded").Add(cwe[1]).Add(cwe[3]).Add(cwe[1].Leaf < 0 ? cwe[2] : default));
    }

    private static void Known(FhirNode device, Value code, Value name, Value system)
    {
        device.Item("deviceName").Constant("type", "user-friendly-name").SetText("name", name);
        if (code.Leaf < 0) return;
        var identifier = device.Item("identifier");
        identifier.SetText("value", code);
        Cwe.SetSystem(identifier, "system", system);
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
