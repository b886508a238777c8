using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Segments;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Messages;

/// <summary>MDM: a document, which is the DocumentReference with a master identifier, and its content (HL7 v2.8.2 9.6).</summary>
internal static class MdmForm
{
    public static void Write(MessageDraft draft)
    {
        HeaderSegments.WriteEvent(draft);
        PatientSegments.Write(draft);
        VisitSegments.Write(draft);
        var document = draft.Source.All("DocumentReference").FirstOrDefault(document => document.Has("masterIdentifier"));
        foreach (var request in draft.Source.All("ServiceRequest"))
        {
            OrderSegments.Common(draft, request, "NW");
            OrderSegments.Report(draft, request, default);
            ObservationSegments.Notes(draft, request);
        }

        Header(draft, document);
        Attachments.WriteEach(draft, document);
    }

    private static void Header(MessageDraft draft, JsonElement document)
    {
        var source = draft.Source;
        var provenance = source.All("Provenance").FirstOrDefault(provenance => source.Refers(provenance, "target", document) && provenance.Items("target").Count() == 1);
        var txa = draft.AddNumbered("TXA");
        txa.SetConcept(2, document.Get("type"));
        var context = document.Get("context");
        txa.SetTime(4, context.Get("period").Text("start"));
        txa.SetTime(6, document.Text("date")).SetTime(7, provenance.Text("occurredDateTime"));
        foreach (var author in document.Items("author")) txa.SetPerson(9, source, author);
        txa.SetPerson(10, source, document.Get("authenticator"));
        foreach (var agent in provenance.Items("agent").Where(agent => agent.Get("type").HasCode("enterer"))) txa.SetPerson(11, source, agent.Get("who"));
        txa.SetEi(12, document.Get("masterIdentifier"));
        foreach (var related in document.Items("relatesTo")) txa.SetEi(13, related.Get("target").Get("identifier"));
        foreach (var identifier in context.Items("related").Select(related => related.Get("identifier")).Where(identifier => identifier.Exists())) txa.SetEi(Cx.TypeOf(identifier) == "PLAC" ? 14 : 15, identifier);
        txa.Set(16, document.First("identifier").Text("value"));
        txa.Set(17, document.Text("docStatus") switch { "final" => "AU", "amended" => "LA", "preliminary" => "PA", _ => null });
        foreach (var label in document.Items("securityLabel").Take(1)) txa.Set(18, label.First("coding").Text("code"));
        txa.Set(19, document.Text("status") switch { "current" => "AV", "superseded" => "OB", "entered-in-error" => "CA", _ => null });
        txa.Set(21, provenance.First("reason").Text("text"));
        foreach (var agent in provenance.Items("agent").Where(agent => agent.Items("role").Any(role => role.HasCode("IRCP")))) txa.SetPerson(23, source, agent.Get("who"));
        txa.Set(25, document.Text("description"));
        txa.SetConcept(28, context.Get("practiceSetting"), TableMaps.HospitalService);
    }
}
