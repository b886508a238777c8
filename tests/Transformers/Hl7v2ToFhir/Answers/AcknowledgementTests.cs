using EHealthPlus.Routing.Contracts.Messages;
using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Answers;

/// <summary>ACK, MCF and MFK: answers to what the hub sent.</summary>
public sealed class AcknowledgementTests
{
    [Theory]
    [InlineData("AA", "ok")]
    [InlineData("CA", "ok")]
    [InlineData("AE", "fatal-error")]
    [InlineData("CE", "transient-error")]
    [InlineData("AR", "fatal-error")]
    [InlineData("CR", "fatal-error")]
    public void MSA_says_how_the_message_was_taken(string code, string response)
    {
        var header = Translate("ACK^A08", $"MSA|{code}|HUB-7").Only("MessageHeader").Read();

        Assert.Equal("HUB-7", header.At("response/identifier"));
        Assert.Equal(response, header.At("response/code"));
    }

    [Theory]
    [InlineData("ACK^R01")]
    [InlineData("ACK^Z99")]
    [InlineData("ACK")]
    [InlineData("MCF^A01")]
    [InlineData("MFK^M05")]
    public void An_answer_names_any_event(string type) => Assert.Equal("ok", Translate(type + (type == "ACK" ? "^" : ""), "MSA|AA|1").Only("MessageHeader").Read().At("response/code"));

    [Fact]
    public void An_answer_leaves_nothing_for_the_record() =>
        Assert.All(
            Translate("ACK^R01", "MSA|AE|1|Text", "ERR||PID^1^5|101^Required^HL70357|E").Resources.Where(resource => resource.Type != "Organization"),
            resource => Assert.Equal(WriteMode.MessageOnly, resource.Mode));

    [Fact]
    public void Each_error_is_an_issue_with_its_place()
    {
        var outcome = Translate("ACK^R01", "MSA|AE|1", "ERR||PID^1^5^1^2|101^Required^HL70357|E|||given|Send the given name", "ERR||OBX^3^5|102^Type^HL70357|W").Only("OperationOutcome").Read();

        Assert.Equal("required", outcome.At("issue/0/code"));
        Assert.Equal("PID[1]-5[1].2", outcome.At("issue/0/location/0"));
        Assert.Equal("Send the given name", outcome.At("issue/0/details/text"));
        Assert.Equal("warning", outcome.At("issue/1/severity"));
        Assert.Equal("OBX[3]-5", outcome.At("issue/1/location/0"));
    }

    [Fact]
    public void Errors_of_old_versions_are_read_from_ERR_1()
    {
        var outcome = Translate("ACK^R01", "MSA|AE|1", "ERR|PID^1^8^103&Table value&HL70357").Only("OperationOutcome").Read();

        Assert.Equal("code-invalid", outcome.At("issue/0/code"));
        Assert.Equal("PID[1]-8", outcome.At("issue/0/location/0"));
    }

    [Fact]
    public void A_control_id_that_is_no_FHIR_id_is_carried()
    {
        var translation = Translate("ACK^R01", "MSA|AA|A_7");

        Assert.Null(translation.Only("MessageHeader").Read().At("response"));
        Assert.Equal(LedgerDisposition.Carried, translation.Row("MSA[1]-2[1].1.1").Disposition);
    }

    [Fact]
    public void A_master_file_answer_tells_of_each_record()
    {
        var outcome = Translate("MFK^M02", "MSA|AA|1", "MFI|PRA", "MFA|MAD|R1||S|D010", "MFA|MUP|R2||U|D011").Only("OperationOutcome").Read();

        Assert.Equal("information", outcome.At("issue/0/severity"));
        Assert.Equal("error", outcome.At("issue/1/severity"));
        Assert.Equal("MUP R2 D011", outcome.At("issue/1/diagnostics"));
    }
}
