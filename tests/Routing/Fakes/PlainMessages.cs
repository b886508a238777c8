using System.Text;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Routing.Fakes;

/// <summary>Writes, reads and acknowledges the plainest HL7 v2 there is: default delimiters, no escapes, no repetitions of fields but PID-3.</summary>
internal sealed class PlainMessages : IMessageReader, IAcknowledgementWriter
{
    /// <summary>A message that this reader refuses with 210.</summary>
    public const string Broken = "BROKEN";

    public static byte[] Message(
        string control, string patient = "MR1", string type = "ORU^R01", string accept = "", string application = "", string facility = "HOSPITAL",
        string document = "A1234563", string body = "", string prior = "", string second = "",
        string name = "ALPHA", string birth = "19800229", string sex = "F") => Encoding.UTF8.GetBytes(
            $"MSH|^~\\&|LIS|{facility}|EHR|HUB|20260301||{type}|{control}|P|2.5|||{accept}|{application}\r" +
            $"PID|1||{patient}^^^HOSP^MR~{document}^^^HKG^NNHKG||SYNTHETIC^{name}||{birth}|{sex}\r" +
            (prior.Length > 0 ? $"MRG|{prior}^^^HOSP^MR\r" : "") + (second.Length > 0 ? $"PID|2||{second}||SYNTHETIC^BETA||19750505|M\r" : "") +
            (body.Length > 0 ? $"OBX|1|ST|X||{body}\r" : ""));

    public MessageReading Read(ReadOnlyMemory<byte> message, Func<string, string, Source?> findSource)
    {
        var segments = Segments(message.Span);
        if (!segments.TryGetValue("MSH", out var msh)) return new(null, null, new(RejectionCode.MshMissing, "No MSH"));
        var type = Field(msh, 9, 1).Split('^');
        var prior = Identifiers(Field(segments.GetValueOrDefault("MRG"), 1), "MRG", 1);
        PatientAsStated[] patients = [.. Lines(message.Span).Where(line => line[0] == "PID").Select((pid, at) => Patient(pid, at == 0 ? prior : [], at + 1))];
        var keys = patients.Where(patient => patient.Identifiers.Count > 0).Select(patient => patient.Identifiers[0].Value);
        var envelope = new MessageEnvelope(
            type[0], type.Length > 1 ? type[1] : "", "", Field(msh, 10, 1), Field(msh, 12, 1), Field(msh, 11, 1), Field(msh, 3, 1), Field(msh, 4, 1), "", "",
            Condition(Field(msh, 15, 1)), Condition(Field(msh, 16, 1)), "ASCII", patients, string.Join(MessageEnvelope.PatientKeySeparator, keys));
        var refused = segments.ContainsKey(Broken) ? new Rejection(RejectionCode.RequiredFieldMissing, "Broken for the test", new FieldLocation("PID", 1, 3)) : null;
        return new(envelope, findSource(envelope.SendingApplication, envelope.SendingFacility), refused);
    }

    public byte[] Write(ReadOnlyMemory<byte> received, string code, IReadOnlyList<Rejection> rejections, DateTimeOffset at, string controlId)
    {
        var text = new StringBuilder($"MSH|^~\\&|EHR|HUB|LIS|HOSPITAL|{at:yyyyMMddHHmmss.fff}||ACK|{controlId}|P|2.5\r");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"MSA|{code}|{Field(Segments(received.Span).GetValueOrDefault("MSH"), 10, 1)}\r");
        foreach (var rejection in rejections) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"ERR||{rejection.Location}|{(int)rejection.Code}\r");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static PatientAsStated Patient(string[] pid, IReadOnlyList<StatedIdentifier> prior, int sequence)
    {
        var name = Field(pid, 5).Split('^');
        return new(Identifiers(Field(pid, 3), "PID", 3), [new(name[0], name.Length > 1 ? name[1] : "", "")], Field(pid, 7), Field(pid, 8), prior, sequence);
    }

    private static Dictionary<string, string[]> Segments(ReadOnlySpan<byte> message)
    {
        Dictionary<string, string[]> segments = [];
        foreach (var line in Lines(message)) segments[line[0]] = line;
        return segments;
    }

    private static IEnumerable<string[]> Lines(ReadOnlySpan<byte> message) =>
        Encoding.UTF8.GetString(message).Split('\r', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|'));

    private static List<StatedIdentifier> Identifiers(string field, string segment, int number) =>
    [
        .. field.Split('~', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('^'))
            .Select(parts => new StatedIdentifier(parts[0], parts.ElementAtOrDefault(3) ?? "", parts.ElementAtOrDefault(4) ?? "", new(segment, 1, number))),
    ];

    private static string Field(string[]? fields, int number, int shift = 0) => fields?.ElementAtOrDefault(number - shift) ?? "";

    private static AcknowledgementCondition Condition(string code) => code switch
    {
        "AL" => AcknowledgementCondition.Always,
        "NE" => AcknowledgementCondition.Never,
        "ER" => AcknowledgementCondition.ErrorOnly,
        "SU" => AcknowledgementCondition.SuccessOnly,
        _ => AcknowledgementCondition.NotStated,
    };
}
