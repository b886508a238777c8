using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Segments;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Messages;

/// <summary>RDE: each MedicationRequest as an encoded order, with the order as it was given where it says that too (HL7 v2.8.2 4A.3.3).</summary>
internal static class RdeForm
{
    public static void Write(MessageDraft draft)
    {
        PatientSegments.WithVisit(draft);
        CoverageSegments.Write(draft);
        RelatedPersonSegments.Guarantors(draft);
        ClinicalSegments.Allergies(draft);
        foreach (var request in draft.Source.All("MedicationRequest")) Order(draft, request);
    }

    private static void Order(MessageDraft draft, JsonElement request)
    {
        OrderSegments.Common(draft, request, request.Text("status") switch { "cancelled" => "CA", "stopped" => "DC", "on-hold" => "HD", _ => "NW" });
        var given = request.Items("contained").FirstOrDefault(resource => resource.Text("resourceType") == "MedicationRequest");
        if (given.Exists()) PharmacySegments.Ordered(draft, request, given);
        PharmacySegments.Encoded(draft, request);
        draft.Restart("OBX");
        foreach (var observation in request.Items("supportingInformation")) ObservationSegments.Write(draft, draft.Source.Resolve(observation));
    }
}
