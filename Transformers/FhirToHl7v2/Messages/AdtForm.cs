using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Segments;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Messages;

/// <summary>ADT: the patient, the visit, and what was said with them (HL7 v2.8.2 3.3).</summary>
internal static class AdtForm
{
    public static void Write(MessageDraft draft)
    {
        HeaderSegments.WriteEvent(draft);
        PatientSegments.Write(draft);
        VisitSegments.Write(draft);
        foreach (var observation in draft.Source.All("Observation").Where(observation => !observation.Get("code").HasCode("75776-5"))) ObservationSegments.Write(draft, observation);
        ClinicalSegments.Write(draft);
        CoverageSegments.Write(draft);
    }
}
