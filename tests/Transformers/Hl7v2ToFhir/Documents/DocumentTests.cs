using System.Text;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Merging;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Documents;

/// <summary>The life of a document through MDM.</summary>
public class DocumentTests
{
    private static string Txa(string number = "D1^HOSPITAL", string parent = "", string completion = "AU", string availability = "AV", string type = "DS^Discharge summary", string confidentiality = "") =>
        $"TXA|1|{type}|TX||||||D012^TESTDOCTOR^ONE|D001^TESTDOCTOR^TWO||{number}|{parent}||||{completion}|{confidentiality}|{availability}";

    private static Translation Send(string trigger, params ReadOnlySpan<string> segments) =>
        AdtMessage.Translate($"MDM^{trigger}^MDM_T02", [AdtMessage.Pid, AdtMessage.Pv1(), .. segments]);

    private static JsonElement Merge(TranslatedResource record, TranslatedResource update) => ResourceMerge.Merge(record.Json, update.Json, update.DeletedElements).Read();

    private static string TextOf(JsonElement document, int content = 0) => Encoding.UTF8.GetString(document.GetProperty("content")[content].GetProperty("attachment").GetProperty("data").GetBytesFromBase64());

    [Fact]
    public void LinesOfTextAreOneAttachmentAsSent()
    {
        var document = Send("T02", Txa(), "OBX|1|TX|R^Report||first~second||||||F", "OBX|2|TX|R^Report||||||||F", "OBX|3|FT|R^Report||third \\T\\ last||||||F").Only("DocumentReference").Read();
        Assert.Equal(1, document.GetProperty("content").GetArrayLength());
        Assert.Equal("first\nsecond\n\nthird & last", TextOf(document));
        Assert.Equal("Report", document.At("content/0/attachment/title"));
    }

    [Fact]
    public void EmbeddedDataAndPointersAreAttachmentsOfTheirOwn()
    {
        var document = Send("T02", Txa(), "OBX|1|TX|R||text||||||F", "OBX|2|ED|R||^application^PDF^Base64^AAAA||||||F", "OBX|3|RP|R||https://example.invalid/1^^IM^JPEG||||||F").Only("DocumentReference").Read();
        Assert.Equal("application/pdf", document.At("content/1/attachment/contentType"));
        Assert.Equal("https://example.invalid/1", document.At("content/2/attachment/url"));
    }

    [Fact]
    public void ANotificationWithoutContentLeavesTheContentOfTheRecord()
    {
        var written = Send("T02", Txa(completion: "DI"), "OBX|1|TX|R||text||||||F").Only("DocumentReference");
        var after = Merge(written, Send("T03", Txa(completion: "LA")).Only("DocumentReference"));
        Assert.Equal("final", after.At("docStatus"));
        Assert.Equal("text", TextOf(after));
    }

    [Fact]
    public void ContentTakesThePlaceOfItsAnnouncement()
    {
        var announced = Send("T01", Txa()).Only("DocumentReference");
        Assert.Equal("unknown", announced.Read().At("content/0/attachment/extension/0/valueCode"));
        var document = Merge(announced, Send("T02", Txa(), "OBX|1|TX|R||text||||||F").Only("DocumentReference"));
        Assert.Equal("text", TextOf(document));
        Assert.Equal(1, document.GetProperty("content").GetArrayLength());
    }

    [Fact]
    public void AnAddendumIsADocumentOfItsOwnThatAppends()
    {
        var addendum = Send("T06", Txa("D2^HOSPITAL", "D1^HOSPITAL"), "OBX|1|TX|R||more||||||F").Only("DocumentReference");
        Assert.NotEqual(Send("T02", Txa()).Only("DocumentReference").Id, addendum.Id);
        Assert.Equal("appends", addendum.Read().At("relatesTo/0/code"));
        Assert.Equal("D1", addendum.Read().At("relatesTo/0/target/identifier/value"));
    }

    [Fact]
    public void AReplacementSupersedesTheDocumentThatItReplaces()
    {
        var original = Send("T02", Txa(), "OBX|1|TX|R||text||||||F").Only("DocumentReference");
        var replacement = Send("T10", Txa("D2^HOSPITAL", "D1^HOSPITAL"), "OBX|1|TX|R||right text||||||F");
        var old = replacement.Resources.Single(resource => resource.Id == original.Id);
        Assert.Equal($"DocumentReference/{original.Id}", replacement.Resource("DocumentReference").At("relatesTo/0/target/reference"));
        Assert.Equal("superseded", Merge(original, old).At("status"));
        Assert.Equal("text", TextOf(Merge(original, old)));
    }

    [Theory]
    [InlineData("T02", "DI", "AV", "current", "preliminary")]
    [InlineData("T02", "LA", "AV", "current", "final")]
    [InlineData("T08", "AU", "AV", "current", "amended")]
    [InlineData("T03", "AU", "OB", "superseded", "final")]
    [InlineData("T11", "AU", "UN", "entered-in-error", "entered-in-error")]
    public void EventCompletionAndAvailabilitySayHowItStands(string trigger, string completion, string availability, string status, string docStatus)
    {
        var document = Send(trigger, Txa(completion: completion, availability: availability)).Only("DocumentReference").Read();
        Assert.Equal(status, document.At("status"));
        Assert.Equal(docStatus, document.At("docStatus"));
    }

    [Fact]
    public void ConfidentialityIsASecurityLabel() =>
        Assert.Equal("V", Send("T02", Txa(confidentiality: "V")).Only("DocumentReference").Read().At("securityLabel/0/coding/0/code"));

    [Theory]
    [InlineData("DI^Diagnostic imaging", SharingCategory.LaboratoryAndRadiologyReports)]
    [InlineData("MC^Medical certificate^99DOC", SharingCategory.MedicalCertificates)]
    [InlineData("DS^Discharge summary", SharingCategory.ClinicalNotesAndSummaries)]
    public void TheTypeSaysWhichCategoryItIsSharedIn(string type, SharingCategory category) =>
        Assert.Equal(category, Send("T02", Txa(type: type)).Only("DocumentReference").Category);

    [Fact]
    public void TheOrderInFrontIsRelated()
    {
        var message = Send("T02", "ORC|NW|P1^EHR|F1^LAB", "OBR|1|P1^EHR|F1^LAB|E^Echo^99SVC", Txa());
        Assert.Equal($"ServiceRequest/{message.Only("ServiceRequest").Id}", message.Only("DocumentReference").Read().At("context/related/0/reference"));
        Assert.DoesNotContain(message.Resources, resource => resource.Type == "DiagnosticReport");
    }

    [Fact]
    public void AnAuthenticationWithItsTimeIsASignature()
    {
        var message = Send("T02", Txa() + "|||D001^TESTDOCTOR^TWO^^^^^^^^^^^^20261118113000");
        var provenance = message.Resources.Select(resource => resource.Read()).Single(resource => resource.At("signature/0/when") is not null);
        Assert.Equal("2026-11-18T11:30:00+08:00", provenance.At("signature/0/when"));
    }
}
