using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>TXA from DocumentReference and the Provenances of its edits (HL7 v2.8.2 9.7.3).</summary>
internal static class DocumentSegments
{
    public static void Header(MessageDraft draft, JsonElement document)
    {
        if (!document.Exists()) return;
        var source = draft.Source;
        var context = document.Get("context");
        var txa = draft.AddNumbered("TXA");
        txa.SetConcept(2, document.Get("type")).SetTime(4, context.Get("period").Text("start")).SetTime(6, document.Text("date"));
        foreach (var author in document.Items("author")) txa.SetPerson(9, source, author);
        Edits(txa, source, document);
        txa.SetEi(12, document.Get("masterIdentifier")).SetEis(13, document.Items("relatesTo").Select(related => related.Get("target").Get("identifier")));
        foreach (var identifier in context.Items("related").Select(related => related.Get("identifier")).Where(identifier => identifier.Exists()))
        {
            var field = Cx.TypeOf(identifier) == "PLAC" ? 14 : 15;
            txa.SetEi(field, identifier, repetition: txa.Repetitions(field));
        }

        txa.Set(16, document.First("identifier").Text("value"));
        txa.Set(17, document.Text("docStatus") switch { "final" => "AU", "amended" => "LA", "preliminary" => "PA", _ => null });
        txa.Set(18, document.First("securityLabel").First("coding").Text("code"));
        txa.Set(19, document.Get("_status").Extension("alternate-codes").Get("valueCodeableConcept").First("coding").Text("code") ?? AvailabilityOf(document.Text("status")));
        txa.Set(25, document.Text("description"));
        txa.SetFacility(27, source.Resolve(document.Get("custodian")));
        txa.SetConcept(28, context.Get("practiceSetting"));
    }

    private static void Edits(SegmentDraft txa, CanonicalMessage source, JsonElement document)
    {
        var edits = source.Provenances(document).ToList();
        // Only an edit has a time of its own: else it is when the message came.
        if (source.MessageType.ElementAtOrDefault(1) is "T05" or "T06" or "T07" or "T08" or "T09" or "T10")
            foreach (var edit in edits) txa.SetTime(8, edit.Text("recorded"), repetition: txa.Repetitions(8));
        var last = edits.LastOrDefault();
        txa.SetTime(7, last.Text("occurredDateTime")).Set(21, last.First("reason").Text("text"));
        foreach (var person in Provenances.Agents(last, "performer")) txa.SetPerson(5, source, person);
        foreach (var person in Provenances.Agents(last, "enterer")) txa.SetPerson(11, source, person);
        foreach (var copy in last.Items("agent").Where(agent => agent.Items("role").Any(role => role.HasCode("IRCP")))) txa.SetPerson(23, source, copy.Get("who"));
        Authenticators(txa, source, document, last);
    }

    // Who is to authenticate stands in TXA-10; who has, in TXA-22 with the time of the signature.
    private static void Authenticators(SegmentDraft txa, CanonicalMessage source, JsonElement document, JsonElement edit)
    {
        foreach (var signature in edit.Items("signature"))
        {
            var repetition = txa.Repetitions(22);
            txa.SetPerson(22, source, signature.Get("who")).SetTime(22, signature.Text("when"), 15, repetition: repetition);
        }

        foreach (var verifier in Provenances.Agents(edit, "verifier")) txa.SetPerson(22, source, verifier);
        txa.SetPerson(10, source, document.Get("authenticator"));
    }

    private static string? AvailabilityOf(string? status) => status switch { "current" => "AV", "superseded" => "OB", "entered-in-error" => "CA", _ => null };
}
