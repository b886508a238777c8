using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Merging;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir;

/// <summary>Preliminary, final, corrected and withdrawn results.</summary>
public class ResultStatusTests
{
    [Theory]
    [InlineData("P", "preliminary")]
    [InlineData("R", "preliminary")]
    [InlineData("F", "final")]
    [InlineData("C", "corrected")]
    [InlineData("A", "amended")]
    [InlineData("X", "cancelled")]
    [InlineData("D", "entered-in-error")]
    [InlineData("W", "entered-in-error")]
    [InlineData("I", "registered")]
    [InlineData("?", "unknown")]
    public void ObservationStatusIsOfObx11(string code, string expected) =>
        Assert.Equal(expected, Translating.Translate(Translating.Result($"OBX|1|NM|1-1^T^LN||1|g|||||{code}")).Resource("Observation").At("status"));

    [Theory]
    [InlineData("O", "registered")]
    [InlineData("A", "partial")]
    [InlineData("P", "preliminary")]
    [InlineData("F", "final")]
    [InlineData("C", "corrected")]
    [InlineData("X", "cancelled")]
    [InlineData("", "unknown")]
    public void ReportStatusIsOfObr25(string code, string expected) =>
        Assert.Equal(expected, Translating.Translate(Translating.Result("OBX|1|NM|1-1^T^LN||1|g|||||F", $"OBR|1||F1^LAB|1^T^LN|||||||||||||||||||||{code}")).Resource("DiagnosticReport").At("status"));

    [Fact]
    public void ACorrectionAndAWithdrawalAreTheSameResources()
    {
        var first = Translating.Translate(Translating.Result("OBX|1|NM|1-1^T^LN||1|g|||||P"));
        foreach (var later in new[] { "OBX|1|NM|1-1^T^LN||2|g|||||C", "OBX|1|NM|1-1^T^LN||1|g|||||W" })
        {
            var next = Translating.Translate(Translating.Result(later).Replace("|M1|", "|M2|", StringComparison.Ordinal));
            foreach (var type in new[] { "Observation", "DiagnosticReport", "ServiceRequest", "Patient" }) Assert.Equal(first.Entry(type).Id, next.Entry(type).Id);
        }
    }

    [Fact]
    public void AResultThatBecomesFinalWithoutBeingSentAgainKeepsItsValue()
    {
        var preliminary = Translating.Translate(Translating.Result("OBX|1|NM|2823-3^K^LN||6.9|mmol/L|3.5-5.1|HH|||P|||20260102020000+0800")).Entry("Observation");
        var final = Translating.Translate(Translating.Result("OBX|1|NM|2823-3^K^LN||||||||U")).Entry("Observation");

        Assert.Equal((preliminary.Id, WriteMode.Merge), (final.Id, final.Mode));
        var record = ResourceMerge.Merge(preliminary.Json, final.Json, final.DeletedElements).Read();
        Assert.Equal(("final", "6.9", "mmol/L"), (record.At("status"), record.At("valueQuantity/value"), record.At("valueQuantity/unit")));
        Assert.Equal(("HH", "3.5-5.1"), (record.At("interpretation/0/coding/0/code"), record.At("referenceRange/0/text")));
        Assert.Equal("2026-01-02T02:00:00+08:00", record.At("effectiveDateTime"));
    }

    /// <summary>Laboratories send results as they come, and of a correction often only what it corrects: what was reported before stays in the report.</summary>
    [Fact]
    public void AReportListsAllThatWasReportedInIt()
    {
        const string Potassium = "OBX|1|NM|2823-3^K^LN||6.9|mmol/L|||||F", Sodium = "OBX|2|NM|2951-2^Na^LN||140|mmol/L|||||F";
        var whole = Report("F", $"{Potassium}\r{Sodium}");
        var corrected = Report("C", "OBX|1|NM|2823-3^K^LN||4.9|mmol/L|||||C");

        Assert.Equal((whole.Id, WriteMode.Merge), (corrected.Id, corrected.Mode));
        var record = ResourceMerge.Merge(whole.Json, corrected.Json, corrected.DeletedElements).Read();
        Assert.Equal("corrected", record.At("status"));
        var (before, after) = (whole.Read().GetProperty("result"), record.GetProperty("result"));
        Assert.Equal(2, before.GetArrayLength());
        Assert.True(JsonElement.DeepEquals(before, after), after.GetRawText());

        var unread = Report("C", "OBX|1|NM|2823-3^K^LN||4.9|mmol/L|||||C", "|||||||\"\"");
        Assert.Contains("resultsInterpreter", unread.DeletedElements);

        static TranslatedResource Report(string status, string results, string more = "") =>
            Translating.Translate(Translating.Result(results, $"OBR|1||F1^LAB|1^T^LN|||||||||||||||||||||{status}{more}")).Entry("DiagnosticReport");
    }

    [Theory]
    [InlineData("7.1", "U")]
    [InlineData("\"\"", "U")]
    [InlineData("", "F")]
    public void AResultThatIsSentAgainTakesThePlaceOfTheOneBefore(string value, string status) =>
        Assert.Equal(WriteMode.Replace, Translating.Translate(Translating.Result($"OBX|1|NM|2823-3^K^LN||{value}||||||{status}")).Entry("Observation").Mode);
}
