using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Scheduling;

/// <summary>SCH[Provenance]: who entered the change of the appointment, and why (SCH-6). Made only where the message says either.</summary>
internal static class SchProvenance
{
    public static void Map(SegmentValue segment, FhirNode appointment)
    {
        var mapping = segment.Mapping;
        var fields = AppointmentFields.Of(segment);
        if (!fields.EnteredBy.HasValue && !fields.EventReason.HasValue) return;
        var provenance = mapping.Resources.Begin("Provenance", SharingCategory.None);
        mapping.Resources.Own(provenance, mapping.Resources.Key("Provenance").Add("SCH").Add(mapping.ControlId));
        provenance.ReferItem("target", appointment);
        provenance.SetInstant("recorded", mapping.Context.ReceivedAt);
        provenance.AddConcepts("reason", fields.EventReason);
        var named = false;
        foreach (var person in fields.EnteredBy) // SCH-20 agent[1].who(Practitioner)
        {
            var practitioner = Xcn.ToPractitioner(person);
            if (!practitioner.Populated) continue;
            MshProvenance.Agent(provenance, "enterer", practitioner, mapping); // SCH-20 agent[1].type.coding.code
            named = true;
        }

        if (!named) MshProvenance.Agent(provenance, "author", mapping.Sender, mapping);
    }
}
