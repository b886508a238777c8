using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Segments;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Messages;

/// <summary>MDM: a document, which is the DocumentReference with a master identifier, its content and its orders (HL7 v2.8.2 9.6).</summary>
internal static class MdmForm
{
    public static void Write(MessageDraft draft)
    {
        var source = draft.Source;
        HeaderSegments.WriteEvent(draft);
        PatientSegments.WithVisit(draft);
        var document = source.Resolve(source.Header.First("focus"));
        if (document.Text("resourceType") != "DocumentReference") document = source.All("DocumentReference").FirstOrDefault(document => document.Has("masterIdentifier"));
        foreach (var request in source.All("ServiceRequest"))
        {
            OrderSegments.Common(draft, request, "NW");
            TimingSegments.OfService(draft, request);
            RequestSegments.Write(draft, request, default);
            ObservationSegments.Notes(draft, request);
        }

        DocumentSegments.Header(draft, document);
        draft.Restart("OBX");
        Attachments.WriteEach(draft, document);
        foreach (var related in document.Get("context").Items("related").Select(source.Resolve).Where(related => related.Text("resourceType") == "Observation")) ObservationSegments.Write(draft, related);
    }
}
