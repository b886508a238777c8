using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Segments;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Messages;

/// <summary>ORU: each DiagnosticReport as an order with its observations and specimens (HL7 v2.8.2 7.3.1).</summary>
internal static class OruForm
{
    public static void Write(MessageDraft draft)
    {
        var source = draft.Source;
        PatientSegments.Write(draft, source.Patient);
        RelatedPersonSegments.NextOfKin(draft, source.Patient);
        var results = source.All("DiagnosticReport").SelectMany(report => report.Items("result")).Select(result => result.Text("reference")).ToHashSet();
        foreach (var observation in source.All("Observation").Where(observation => !PatientSegments.IsOfPatient(observation) && !results.Contains($"Observation/{observation.Text("id")}")))
            ObservationSegments.Write(draft, observation);
        VisitSegments.Write(draft, source.Encounter);
        foreach (var report in draft.Source.All("DiagnosticReport")) Order(draft, report);
    }

    private static void Order(MessageDraft draft, JsonElement report)
    {
        var source = draft.Source;
        var request = source.Resolve(report.First("basedOn"));
        // An order that is told with its results is placed by that (HL7 v2.8.2 7.3.2 to 7.3.4).
        OrderSegments.Common(draft, request, source.MessageType.ElementAtOrDefault(1) is "R30" ? "NW" : "RE");
        RequestSegments.Write(draft, request, report);
        ObservationSegments.Notes(draft, request);
        ParticipationSegments.OfReport(draft, report);
        TimingSegments.OfService(draft, request);
        foreach (var study in report.Items("extension").Select(extension => extension.Get("valueReference")).Where(study => study.Text("type") == "ResearchStudy"))
            draft.Add("CTI").SetEi(1, study.Get("identifier"));
        ObservationSegments.Results(draft, report);
        draft.Restart("SPM");
        foreach (var specimen in report.Items("specimen")) SpecimenSegments.Write(draft, source.Resolve(specimen));
    }
}
