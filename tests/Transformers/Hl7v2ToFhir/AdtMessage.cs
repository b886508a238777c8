using System.Text;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Transformers.Hl7v2ToFhir;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir;

/// <summary>Writes synthetic ADT messages of one patient and translates them as the hub does.</summary>
internal static class AdtMessage
{
    public const string Subject = "00000000000000000000000000000001";
    public const string Other = "00000000000000000000000000000002";
    public const string OtherPid = "PID|2||G123456(A)^^^HKID^NI~MRN0002^^^HOSPITAL^MR||TESTPATIENT^BETA||19650708|M";
    public const string Pid = "PID|1||A123456(3)^^^HKID^NI~MRN0001^^^HOSPITAL^MR||TESTPATIENT^ALPHA||19700102|F";

    private static readonly Source Hospital = new("synthetic", "synthetic", "synthetic", "SYNTHETIC", "HOSPITAL", "UNICODE UTF-8", "+08:00");
    private static readonly DateTimeOffset ReceivedAt = new(2026, 11, 21, 9, 0, 0, TimeSpan.FromHours(8));

    /// <summary>PV1 with PV1-2, 3, 6, 19, 36, 44 and 45.</summary>
    public static string Pv1(string location = "W3^301^1", string prior = "", string visit = "V0001^^^HOSPITAL^VN", string disposition = "", string admitted = "20261120101500", string discharged = "")
    {
        var fields = new string[46];
        Array.Fill(fields, "");
        (fields[0], fields[2], fields[3], fields[6], fields[19], fields[36], fields[44], fields[45]) = ("PV1", "I", location, prior, visit, disposition, admitted, discharged);
        return string.Join('|', fields).TrimEnd('|');
    }

    public static Translation Translate(string type, params ReadOnlySpan<string> segments) => Translate([new(Subject)], type, segments);

    /// <param name="subjects">The citizens of the PIDs.</param>
    public static Translation Translate(IReadOnlyList<MessageSubject> subjects, string type, params ReadOnlySpan<string> segments)
    {
        var trigger = type.Contains('^', StringComparison.Ordinal) ? type : $"ADT^{type}";
        var text = $@"MSH|^~\&|SYNTHETIC|HOSPITAL|HUB|HUB|20261121090000||{trigger}|{Guid.NewGuid():N}|P|2.5.1||||||UNICODE UTF-8" + "\r" + string.Join('\r', segments!) + "\r";
        var result = new Hl7v2Translator().Translate(Encoding.UTF8.GetBytes(text), new TranslationContext(Hospital, null, subjects, ReceivedAt));
        Assert.True(result.Accepted, result.Rejection?.ToString());
        return result.Value;
    }

    public static TranslatedResource Only(this Translation translation, string type) => Assert.Single(translation.Resources, resource => resource.Type == type);

    public static JsonElement Read(this TranslatedResource resource) => JsonDocument.Parse(resource.Json).RootElement;

    public static JsonElement Read(this byte[] json) => JsonDocument.Parse(json).RootElement;
}
