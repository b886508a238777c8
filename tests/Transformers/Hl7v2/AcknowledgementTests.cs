using System.Text;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Acknowledgements;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Tests.Transformers.Hl7v2;

public class AcknowledgementTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 8, 0, 0, TimeSpan.FromHours(8));

    private static readonly Rejection[] Refusals =
    [
        new(RejectionCode.BirthDateInvalid, "PID-7 is not a date | 30 February", new FieldLocation("PID", 1, 7, 1)),
        new(RejectionCode.PersonUnknown, "No account"),
    ];

    [Fact]
    public void An_acceptance_answers_the_sender_in_its_own_words()
    {
        Assert.Equal(
            "MSH|^~\\&|EHP|HUB|LAB^1.2^ISO|HOSP|20261120080000+0800||ACK^R01^ACK|A1|T^A|2.5.1||||||UNICODE UTF-8\rMSA|AA|C1\r",
            Written("MSH|^~\\&|LAB^1.2^ISO|HOSP|EHP|HUB|2026||ORU^R01^ORU_R01|C1|T^A|2.5.1||||||UNICODE UTF-8\r", "AA"));
    }

    [Theory]
    [InlineData("KLINGON", "LAB", "LAB")]
    [InlineData("ASCII~KLINGON", "LAB", "LAB")]
    // In no set that the hub could name.
    [InlineData("KLINGON", "L\u00e4B", "LB")]
    public void The_answer_to_an_unknown_character_set_states_its_own(string stated, string application, string echoed)
    {
        byte[] received = Encoding.Latin1.GetBytes($"MSH|^~\\&|{application}|HOSP|EHP|HUB|2026||ORU^R01^ORU_R01|C1|P|2.5.1||||||{stated}\r");
        string answer = Encoding.Latin1.GetString(new AcknowledgementWriter().Write(received, "AE", [new(RejectionCode.CharacterSetUnknown, "Unknown")], At, "A1"));
        Assert.StartsWith($"MSH|^~\\&|EHP|HUB|{echoed}|HOSP|20261120080000+0800||ACK^R01^ACK|A1|P|2.5.1||||||ASCII\rMSA|AE|C1\r", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.1", "ACK", true)]
    [InlineData("2.2", "ACK", true)]
    [InlineData("2.3", "ACK^R01", true)]
    [InlineData("2.3.1", "ACK^R01^ACK", true)]
    [InlineData("2.4", "ACK^R01^ACK", true)]
    [InlineData("2.5", "ACK^R01^ACK", false)]
    [InlineData("2.5.1", "ACK^R01^ACK", false)]
    [InlineData("2.8.2", "ACK^R01^ACK", false)]
    public void Each_version_gets_the_error_in_its_own_form(string version, string type, bool old)
    {
        string errors = old
            ? "MSA|AE|C1|The date of birth is not a calendar date\rERR|PID^1^7^102&Data type error&HL70357&405&BirthDateInvalid&L~^^^204&Unknown key identifier&HL70357&403&PersonUnknown&L\r"
            : "MSA|AE|C1\r" +
              "ERR||PID^1^7^1|102^Data type error^HL70357|E|405^BirthDateInvalid^L||PID-7 is not a date \\F\\ 30 February|The date of birth is not a calendar date\r" +
              "ERR|||204^Unknown key identifier^HL70357|E|403^PersonUnknown^L||No account|No eHealth account exists for this person\r";
        Assert.Equal(
            $"MSH|^~\\&|EHP|HUB|LAB|HOSP|20261120080000+0800||{type}|A1|P|{version}\r" + errors,
            Written($"MSH|^~\\&|LAB|HOSP|EHP|HUB|2026||ORU^R01|C1|P|{version}\r", "AE", Refusals));
    }

    [Theory]
    [InlineData("AL", "AA", "MFA|MAD|R1|20261120080000+0800|S|D010|CWE\rMFA|MUP|R2|20261120080000+0800|S|D011^^L|CWE\r")]
    [InlineData("", "AA", "MFA|MAD|R1|20261120080000+0800|S|D010|CWE\rMFA|MUP|R2|20261120080000+0800|S|D011^^L|CWE\r")]
    [InlineData("NE", "AA", "")]
    [InlineData("ER", "AA", "")]
    [InlineData("ER", "AR", "MFA|MAD|R1|20261120080000+0800|U|D010|CWE\rMFA|MUP|R2|20261120080000+0800|U|D011^^L|CWE\r")]
    [InlineData("SU", "AR", "")]
    public void A_master_file_is_answered_record_by_record_as_its_sender_wants(string level, string code, string records)
    {
        string answer = Written(
            $"MSH|^~\\&|HIS|HOSP|EHP|HUB|2026||MFN^M02^MFN_M02|C1|P|2.8.2\rMFI|PRA||UPD|||{level}\rMFE|MAD|R1||D010|CWE\rSTF|D010\rMFE|MUP|R2||D011^^L|CWE\rSTF|D011\r", code);

        Assert.Equal(
            $"MSH|^~\\&|EHP|HUB|HIS|HOSP|20261120080000+0800||MFK^M02^MFK_M01|A1|P|2.8.2\rMSA|{code}|C1\rMFI|PRA||UPD{(level.Length > 0 ? "|||" + level : "")}\r{records}", answer);
    }

    [Fact]
    public void The_accept_answer_to_a_master_file_is_general() =>
        Assert.Equal(
            "MSH|^~\\&|EHP|HUB|HIS|HOSP|20261120080000+0800||ACK^M02^ACK|A1|P|2.8.2\rMSA|CA|C1\r",
            Written("MSH|^~\\&|HIS|HOSP|EHP|HUB|2026||MFN^M02^MFN_M02|C1|P|2.8.2\rMFI|PRA||UPD|||AL\rMFE|MAD|R1||D010|CWE\r", "CA"));

    [Fact]
    public void The_senders_delimiters_are_used()
    {
        string answer = Written("MSH!@*/+!LAB!HOSP!EHP!HUB!2026!!ORU@R01!C1!P!2.5.1\r", "AE", Refusals[0]);
        Assert.StartsWith("MSH!@*/+!EHP!HUB!LAB!HOSP!", answer, StringComparison.Ordinal);
        Assert.Contains("ERR!!PID@1@7@1!102@Data type error@HL70357!E!405@BirthDateInvalid@L!!PID-7 is not a date | 30", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_go_back_in_the_senders_character_set()
    {
        byte[] received = CharacterSet.Find("BIG-5")!.TryEncode("MSH|^~\\&|功|育|EHP|HUB|2026||ORU^R01|C1|P|2.5.1||||||BIG-5\r")!;
        Er7Message answer = Messages.Read(Write(received, "AA"));
        Assert.Equal(("功", "育", "BIG-5"), (answer.Header.Text(5), answer.Header.Text(6), answer.CharacterSet.Code));
    }

    [Fact]
    public void Bytes_of_a_header_without_a_stated_set_go_back_as_they_came()
    {
        byte[] answer = Write([.. Messages.Latin("MSH|^~\\&|L\u00C4B|HOSP|EHP|HUB|2026||ORU^R01|C1|P|2.5.1\r")], "AR");
        Assert.Contains("|L\u00C4B|", Encoding.Latin1.GetString(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("garbage")]
    [InlineData("MSH")]
    [InlineData("MSH|")]
    [InlineData("MSH|^~\\&|LAB")]
    [InlineData("MSH|^^^^|L^A|HO\0SP|EHP|HUB|2026||ORU^R01|C1|P|2.5.1")]
    [InlineData("MSHA^~\\&AB")]
    [InlineData("MSH|^~\\&|LAB|HOSP|EHP|HUB|2026||ORU^R01|C1|P|9.9.9.9")]
    public void An_unreadable_message_gets_a_readable_answer(string received)
    {
        Er7Message answer = Messages.Read(Written(received, "AR", new Rejection(RejectionCode.MshTruncated, "cut", new FieldLocation("MSH"))));
        Assert.Equal("AR", answer.SegmentAt(1).Text(1));
        Assert.Equal("202", answer.First("ERR").Text(5));
        Assert.Equal("2.5.1", answer.Header.Text(12));
    }

    [Fact]
    public void A_header_cut_off_anywhere_gets_a_readable_answer()
    {
        for (int length = 0; length <= Messages.Header.Length; length++)
        {
            Er7Message answer = Messages.Read(Written(Messages.Header[..length], "AR"));
            Assert.Equal("ACK", answer.Header.Text(9));
        }
    }

    private static string Written(string received, string code, params Rejection[] rejections) =>
        Encoding.Latin1.GetString(Write(Messages.Latin(received), code, rejections));

    private static byte[] Write(byte[] received, string code, params Rejection[] rejections) =>
        new AcknowledgementWriter().Write(received, code, rejections, At, "A1");
}
