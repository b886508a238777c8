using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Segments;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Messages;

/// <summary>ORU: each DiagnosticReport as an order with its observations and specimens (HL7 v2.8.2 7.3.1).</summary>
internal static class OruForm
{
    public static void Write(MessageDraft draft)
    {
        PatientSegments.Write(draft);
        VisitSegments.Write(draft);
        foreach (var report in draft.Source.All("DiagnosticReport")) Order(draft, report);
    }

    private static void Order(MessageDraft draft, JsonElement report)
    {
        var source = draft.Source;
        var request = source.Resolve(report.First("basedOn"));
        OrderSegments.Common(draft, request, "RE");
        OrderSegments.Report(draft, request, report);
        ObservationSegments.Notes(draft, request);
        draft.Restart("OBX");
        foreach (var result in report.Items("result")) ObservationSegments.Write(draft, source.Resolve(result));
        draft.Restart("SPM");
        foreach (var specimen in report.Items("specimen")) OrderSegments.Specimen(draft, source.Resolve(specimen));
    }
}
