using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Segments;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Messages;

/// <summary>ADT: the patient, the visit, and what was said with them (HL7 v2.8.2 3.3). Two patients are linked, merged, or change beds.</summary>
internal static class AdtForm
{
    public static void Write(MessageDraft draft)
    {
        HeaderSegments.WriteEvent(draft);
        foreach (var patient in draft.Source.Patients) Patient(draft, patient);
        foreach (var observation in draft.Source.All("Observation").Where(observation => !PatientSegments.IsOfPatient(observation))) ObservationSegments.Write(draft, observation);
        ClinicalSegments.Write(draft);
        RelatedPersonSegments.Guarantors(draft);
        CoverageSegments.Write(draft);
    }

    private static void Patient(MessageDraft draft, JsonElement patient)
    {
        PatientSegments.Write(draft, patient);
        MergeSegments.Write(draft, patient);
        RelatedPersonSegments.NextOfKin(draft, patient);
        VisitSegments.Write(draft, draft.Source.All("Encounter").FirstOrDefault(visit => CanonicalMessage.IsAbout(visit, patient) && !(visit.Has("partOf") && visit.Text("status") == "entered-in-error")));
    }
}
