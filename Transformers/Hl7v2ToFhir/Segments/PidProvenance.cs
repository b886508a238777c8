using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>PID[Provenance-Patient]: when and where the patient's particulars were last changed. Made where PID-33 and PID-34 are valued.</summary>
internal static class PidProvenance
{
    public static void Map(SegmentValue pid)
    {
        if (!pid[33].HasValue || !pid[34].HasValue || !pid.Mapping.Patient.Exists) return;
        var mapping = pid.Mapping;
        var provenance = mapping.Resources.Begin("Provenance", SharingCategory.None);
        mapping.Resources.Own(provenance, mapping.Resources.Key("Provenance").Add("PID").Add(mapping.ControlId));
        provenance.ReferItem("target", mapping.Patient);
        provenance.SetDateTime("occurredDateTime", pid[33]); // PID-33 occurredDateTime
        if (!provenance.SetInstant("recorded", pid[33])) provenance.SetInstant("recorded", mapping.Context.ReceivedAt); // PID recorded
        provenance.Object("activity").Item("coding")
            .Constant("system", "http://terminology.hl7.org/CodeSystem/v3-DataOperation").Set("code", "UPDATE"); // PID activity.coding.code
        MshProvenance.Agent(provenance, "performer", Hd.ToOrganization(pid[34]), mapping); // PID-34 HD[Organization] agent.type.coding.code
    }
}
