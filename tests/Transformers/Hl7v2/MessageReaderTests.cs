using System.Text;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Acknowledgements;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;
using EHealthPlus.Transformers.Hl7v2.Reading;

namespace EHealthPlus.Tests.Transformers.Hl7v2;

public class MessageReaderTests
{
    private static readonly Source Hospital = new("hosp-lab", "hosp", "hosp-main", "LAB", "HOSP");

    [Fact]
    public void The_envelope_is_the_header()
    {
        MessageReading reading = Read("MSH|^~\\&|LAB^1.2^ISO|HOSP|EHP|HUB|20261120||ADT^A28^ADT_A05|C\\T\\1|T|2.5.1^CHN|||AL|ER|\r");
        MessageEnvelope envelope = reading.Envelope!;
        Assert.Null(reading.Rejection);
        Assert.Equal(Hospital, reading.Source);
        Assert.Equal(("ADT", "A28", "ADT_A05", "ADT^A28"), (envelope.MessageCode, envelope.TriggerEvent, envelope.Structure, envelope.MessageType));
        Assert.Equal(("C&1", "T", "2.5.1", "ASCII"), (envelope.ControlId, envelope.ProcessingId, envelope.Version, envelope.CharacterSet));
        Assert.Equal(("LAB", "HOSP", "EHP", "HUB"),
            (envelope.SendingApplication, envelope.SendingFacility, envelope.ReceivingApplication, envelope.ReceivingFacility));
        Assert.Equal((AcknowledgementCondition.Always, AcknowledgementCondition.ErrorOnly), (envelope.AcceptAcknowledgement, envelope.ApplicationAcknowledgement));
        Assert.Null(envelope.Patient);
        Assert.Equal(string.Empty, envelope.PatientKey);
    }

    [Fact]
    public void The_patient_is_told_as_stated()
    {
        MessageReading reading = Read(Messages.In("UNICODE UTF-8",
            "PID|1|IGNORED~|G123456(A)^^^HKID^NI~778^^^&1.2.3&ISO^MR~\"\"|OLD|TESTPATIENT^TAI^MAN^^^^L^A~陳^大文^^^^^L^I||19900101|F",
            "MRG|777^^^HOSP^MR~776"));
        PatientAsStated patient = reading.Envelope!.Patient!;
        Assert.Equal(
            [
                new StatedIdentifier("G123456(A)", "HKID", "NI", new FieldLocation("PID", 1, 3, 1)),
                new StatedIdentifier("778", "1.2.3", "MR", new FieldLocation("PID", 1, 3, 2)),
                new StatedIdentifier("IGNORED", "", "", new FieldLocation("PID", 1, 2, 1)),
                new StatedIdentifier("OLD", "", "", new FieldLocation("PID", 1, 4, 1)),
            ],
            patient.Identifiers);
        Assert.Equal([new StatedName("TESTPATIENT", "TAI MAN", "A"), new StatedName("陳", "大文", "I")], patient.Names);
        Assert.Equal(("19900101", "F"), (patient.BirthDate, patient.Sex));
        Assert.Equal(["777", "776"], patient.PriorIdentifiers.Select(identifier => identifier.Value));
        Assert.Equal("G123456(A)^HKID\n778^1.2.3\nIGNORED\nOLD\n777^HOSP\n776", reading.Envelope.PatientKey);
    }

    [Fact]
    public void Each_PID_is_a_patient_with_the_prior_numbers_of_the_MRG_behind_it()
    {
        MessageReading reading = Read(Messages.In("ASCII",
            "PID|1||A1^^^HOSP^MR||TESTPATIENT^ONE", "MRG|A2^^^HOSP^MR", "PID|2||B1^^^HOSP^MR||TESTPATIENT^TWO", "MRG|B2^^^HOSP^MR~B3^^^HOSP^MR"));
        IReadOnlyList<PatientAsStated> patients = reading.Envelope!.Patients;
        Assert.Equal([("A1", "A2", 1), ("B1", "B2,B3", 2)],
            patients.Select(patient => (patient.Identifiers[0].Value, string.Join(',', patient.PriorIdentifiers.Select(prior => prior.Value)), patient.SegmentSequence)));
        Assert.Equal(new FieldLocation("MRG", 2, 1, 2), patients[1].PriorIdentifiers[1].Location);
        Assert.Equal("A1^HOSP\nA2^HOSP\nB1^HOSP\nB2^HOSP\nB3^HOSP", reading.Envelope.PatientKey);
    }

    [Fact]
    public void From_v2_7_on_only_pid_3_identifies()
    {
        MessageReading reading = Read(Messages.Header.Replace("2.5.1", "2.8", StringComparison.Ordinal) + "\rPID|1|X|A123456(3)|Y\r");
        Assert.Equal(["A123456(3)"], reading.Envelope!.Patient!.Identifiers.Select(identifier => identifier.Value));
    }

    [Theory]
    [InlineData("", RejectionCode.MessageEmpty, null)]
    [InlineData("\r\n\r\n", RejectionCode.MessageEmpty, null)]
    [InlineData("PID|1\r", RejectionCode.MshMissing, null)]
    [InlineData("FHS|^~\\&|\r", RejectionCode.MshMissing, null)]
    [InlineData("MSH", RejectionCode.MshTruncated, "MSH[1]-1")]
    [InlineData("MSH\rPID|1\r", RejectionCode.MshTruncated, "MSH[1]-1")]
    [InlineData("MSH|^~\\&|LAB|HOSP|E|H|2026||ORU^R01|C1|P\rPID|1\r", RejectionCode.MshTruncated, "MSH[1]-11")]
    [InlineData("MSH|^~\\&|LAB|HOSP|E|H|2026||ORU^R01|C1|P|", RejectionCode.MshTruncated, "MSH[1]-12")]
    [InlineData("MSH|^~\\&|LAB|HOSP|E|H|2026||ORU^R01|C1|P||\r", RejectionCode.VersionUnsupported, "MSH[1]-12")]
    [InlineData("MSH|^~\\&|LAB|HOSP|E|H|2026||ORU^R01|C1|P|2.9\r", RejectionCode.VersionUnsupported, "MSH[1]-12")]
    [InlineData("MSH|^~\\&|LAB|HOSP|E|H|2026|||C1|P|2.5\r", RejectionCode.RequiredFieldMissing, "MSH[1]-9")]
    [InlineData("MSH|^~\\&|LAB|HOSP|E|H|2026||ORU^R01||P|2.5\r", RejectionCode.ControlIdMissing, "MSH[1]-10")]
    [InlineData("MSH|^~\\&|LAB|HOSP|E|H|2026||ORU^R01|C1|P|2.5\rPID|1||a~b^c\0d\r", RejectionCode.ControlCharacterPresent, "PID[1]-3[2].2.1")]
    [InlineData("MSH|^~\\&|LAB|HOSP|E|H|2026||ORU^R01|C1|P|2.5\rPID|\u001C\r", RejectionCode.ControlCharacterPresent, "PID[1]-1[1].1.1")]
    [InlineData("MSH|^~\\&|LAB|HOSP|E|H|2026||ORU^R01|C1|P|2.5\rPID|1\rMSH|^~\\&|\r", RejectionCode.SegmentSequenceInvalid, "MSH[2]")]
    [InlineData("MSH|^~\\&|LAB|HOSP|E|H|2026||ORU^R01|C1|P|2.5\rNTE|1||first\nsecond line\r", RejectionCode.SegmentSequenceInvalid, "NTE[1]")]
    [InlineData("MSH|^~\\&|LAB|HOSP|E|H|2026||ORU^R01|C1|P|2.5\rPI\r", RejectionCode.SegmentSequenceInvalid, "MSH[1]")]
    public void A_refusal_has_its_number_and_place(string message, RejectionCode code, string? at)
    {
        MessageReading reading = Read(message);
        Assert.Equal(code, reading.Rejection?.Code);
        Assert.Equal(at, reading.Rejection?.Location?.ToString());
    }

    /// <summary>Found by the fuzz: the escape makes Kanji of all that follows in the line, the separators too, so that no MSH-12 is left.</summary>
    [Fact]
    public void A_header_that_ends_in_another_script_is_refused_with_a_place_and_answered()
    {
        byte[] message = Messages.Latin("MSH:^~\\&:PR\u001B$BOSOLV:XYZHOSPITAL:SYSTEM:XYZHOSPITAL:200801311600+0215::MDM^T06^MDM_T06:PS1-20080131160038:P:::::::ISO IR87\r");
        Rejection rejection = new MessageReader().Read(message, (_, _) => Hospital).Rejection!;
        Assert.Equal((RejectionCode.VersionUnsupported, "MSH[1]-12"), (rejection.Code, rejection.Location?.ToString()));
        string answer = Encoding.ASCII.GetString(new AcknowledgementWriter().Write(message, "AR", [rejection], DateTimeOffset.UnixEpoch, "A1"));
        Assert.Contains("\rERR::MSH^1^12:203^", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_version_from_2_1_to_2_8_2_is_read()
    {
        foreach (string version in (string[])["2.1", "2.2", "2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7", "2.7.1", "2.8", "2.8.1", "2.8.2"])
        {
            Assert.Null(Read($"MSH|^~\\&|LAB|HOSP|E|H|2026||ORU^R01|C1|P|{version}\r").Rejection);
        }
    }

    [Fact]
    public void A_header_cut_off_anywhere_is_refused_until_it_is_whole()
    {
        for (int length = 0; length < Messages.Header.Length; length++)
        {
            MessageReading reading = Read(Messages.Header[..length]);
            int fields = Messages.Header[..length].Count(character => character == '|') + 1;
            RejectionCode? expected = length == 0 ? RejectionCode.MessageEmpty
                : length < 3 ? RejectionCode.MshMissing
                : fields < 12 || Messages.Header[length - 1] == '|' ? RejectionCode.MshTruncated
                // 2.5 is a version of its own; nothing tells that .1 is missing.
                : Messages.Header[..length].EndsWith("2.5", StringComparison.Ordinal) ? null
                : RejectionCode.VersionUnsupported;
            Assert.Equal(expected, reading.Rejection?.Code);
        }
    }

    [Fact]
    public void A_refused_message_keeps_its_envelope_where_the_header_can_be_read()
    {
        byte[] lying = [.. Messages.Latin($"{Messages.Header}||||||UNICODE UTF-8\rPID|1||x"), 0xFF, 13];
        MessageReading reading = Read(lying);
        Assert.Equal(RejectionCode.CharacterSetContradicted, reading.Rejection!.Code);
        Assert.Equal("C1", reading.Envelope!.ControlId);
        Assert.Equal(Hospital, reading.Source);
        Assert.Null(reading.Envelope.Patient);
        Assert.Null(Read("MSH|^~\\&|LAB|HOSP").Envelope);
    }

    [Fact]
    public void The_default_character_set_is_the_sources_own()
    {
        Source big5 = Hospital with { DefaultCharacterSet = "BIG-5" };
        byte[] bytes = CharacterSet.Find("BIG-5")!.TryEncode($"{Messages.Header}\rPID|1||A123456(3)||許功\r")!;
        MessageReading reading = new MessageReader().Read(bytes, (application, facility) => (application, facility) == ("LAB", "HOSP") ? big5 : null);
        Assert.Null(reading.Rejection);
        Assert.Equal("BIG-5", reading.Envelope!.CharacterSet);
        Assert.Equal("許功", reading.Envelope.Patient!.Names[0].Family);
    }

    [Fact]
    public void A_detail_never_quotes_the_message()
    {
        Rejection rejection = Read($"{Messages.Header}\rNTE|1||TESTPATIENT\nTESTPATIENT\r").Rejection!;
        Assert.DoesNotContain("TEST", rejection.ToString(), StringComparison.Ordinal);
    }

    private static MessageReading Read(string message) => Read(Encoding.Latin1.GetBytes(message));

    private static MessageReading Read(byte[] message) => new MessageReader().Read(
        message, (application, facility) => (application, facility) == ("LAB", "HOSP") ? Hospital : null);
}
