using System.Text;
using EHealthPlus.Tests.Golden.Messages;
using EHealthPlus.Transformers.FhirToHl7v2;

namespace EHealthPlus.Tests.Transformers.FhirToHl7v2;

/// <summary>What HL7 v2 requires is written, also where FHIR does not say it.</summary>
public sealed class RequiredFieldTests
{
    [Theory]
    [InlineData("final", "F", "F")]
    [InlineData("registered", "I", "O")]
    [InlineData("unknown", "R", "R")]
    [InlineData("amended", "A", "C")]
    public void A_result_has_a_status(string status, string observation, string report)
    {
        var message = Written(Bundle().Replace("\"status\":\"final\"", $"\"status\":\"{status}\"", StringComparison.Ordinal));
        Assert.Equal(observation, Field(message, "OBX", 11));
        Assert.Equal(report, Field(message, "OBR", 25));
    }

    [Theory]
    [InlineData("\"timestamp\":\"2026-11-21T09:00:00+08:00\"", "20261121090000+0800")]
    [InlineData("\"timestamp\":\"yesterday\"", "20260102030405+0000")]
    [InlineData("\"language\":\"en\"", "20260102030405+0000")]
    public void A_message_has_a_time(string timestamp, string expected)
    {
        var time = Field(Written(Bundle().Replace("\"timestamp\":\"2026-11-21T09:00:00+08:00\"", timestamp, StringComparison.Ordinal)), "MSH", 7);
        Assert.Equal(expected, time);
    }

    /// <summary>AL1 has no status: what is withdrawn, inactive or doubted would go out as an allergy that stands.</summary>
    [Theory]
    [InlineData("AL1|1|DA|PCN", "AL1", "", "")]
    [InlineData("IAM|1|DA|PCN|||D", "IAM", "D", "E")]
    [InlineData("IAM|1|DA|PCN|||A|||||||||||E", "IAM", "D", "E")]
    [InlineData("IAM|1|DA|PCN|||A|||||||||||I", "IAM", "A", "I")]
    [InlineData("IAM|1|DA|PCN|||A|||||||||||C", "IAM", "A", "C")]
    [InlineData("IAM|1|DA|PCN|||A|||||||||||S", "IAM", "A", "U")]
    [InlineData("IAM|1|DA|PCN|||A|N1", "IAM", "A", "")]
    public void An_allergy_has_its_status(string allergy, string segment, string action, string status)
    {
        var translated = Hospital.Translate(Encoding.UTF8.GetBytes("MSH|^~\\&|LAB|HOSPITAL|HUB|HUB|20261121090000+0800||ADT^A60|M1|P|2.5.1||||||UNICODE UTF-8\rPID|1||MRN0001^^^HOSPITAL^MR||TESTPATIENT^ALPHA||19700102|F\r" + allergy + "\r"));
        Assert.True(translated.Accepted, translated.Rejection?.ToString());
        var message = Written(Encoding.UTF8.GetString(translated.Value.Bundle.Span));
        if (segment == "AL1") Assert.DoesNotContain("\rIAM|", message, StringComparison.Ordinal);
        else Assert.Equal((action, status), (Field(message, "IAM", 6), Field(message, "IAM", 17)));
        Assert.Equal("PCN", Field(message, segment, 3));
    }

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static string Bundle()
    {
        var message = "MSH|^~\\&|LAB|HOSPITAL|HUB|HUB|20261121090000+0800||ORU^R01^ORU_R01|M1|P|2.5.1||||||UNICODE UTF-8\rPID|1||MRN0001^^^HOSPITAL^MR||TESTPATIENT^ALPHA||19700102|F\r"
            + "OBR|1||F1^LAB|58410-2^CBC^LN|||20261121080000+0800||||||||||||||||||F\rOBX|1|NM|718-7^Hb^LN||13.5|g/dL|||||F\r";
        var translated = Hospital.Translate(Encoding.UTF8.GetBytes(message));
        Assert.True(translated.Accepted, translated.Rejection?.ToString());
        return Encoding.UTF8.GetString(translated.Value.Bundle.Span);
    }

    private static string Written(string bundle)
    {
        var written = FhirToHl7v2Translator.Translate(Encoding.UTF8.GetBytes(bundle), new(null, null, null, null, "BACK-1", Now));
        Assert.True(written.Accepted, written.Rejection?.ToString());
        return Encoding.UTF8.GetString(written.Value);
    }

    private static string Field(string message, string segment, int number)
    {
        var fields = message.Split('\r').First(line => line.StartsWith(segment, StringComparison.Ordinal)).Split('|');
        return fields.ElementAtOrDefault(segment == "MSH" ? number - 1 : number) ?? "";
    }
}
