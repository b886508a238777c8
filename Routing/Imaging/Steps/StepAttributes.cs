using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Imaging.Steps;

/// <summary>Reads what a station says of a performed procedure step (PS3.4-2024 table F.7.2-1).</summary>
internal static class StepAttributes
{
    private static readonly IEqualityComparer<JsonElement> SameValue = EqualityComparer<JsonElement>.Create(JsonElement.DeepEquals);

    private const string Status = "00400252";
    private const string ScheduledStepAttributes = "00400270";
    private const string PerformedSeries = "00400340";
    private const string StudyInstanceUid = "0020000D";
    private const string ScheduledStepId = "00400009";
    private const string ReferencedImages = "00081140";
    private const string ReferencedNonImages = "00400220";
    private const string ReferencedSopInstance = "00081155";

    /// <summary>Type 1 of the N-CREATE, with the names that an operator reads in the error comment.</summary>
    private static readonly (string Tag, string Name)[] Required =
    [
        (ScheduledStepAttributes, "Scheduled Step Attributes Sequence"), ("00400253", "Performed Procedure Step ID"), ("00400241", "Performed Station AE Title"),
        ("00400244", "Performed Procedure Step Start Date"), ("00400245", "Performed Procedure Step Start Time"), (Status, "Performed Procedure Step Status"),
        ("00080060", "Modality"),
    ];

    /// <summary>What an N-CREATE says for good: an N-SET may not say it.</summary>
    private static readonly (string Tag, string Name)[] Unchangeable =
    [
        (ScheduledStepAttributes, "Scheduled Step Attributes Sequence"), ("00100010", "Patient's Name"), ("00100020", "Patient ID"), ("00100030", "Patient's Birth Date"),
        ("00100040", "Patient's Sex"), ("00081120", "Referenced Patient Sequence"), ("00400253", "Performed Procedure Step ID"), ("00400241", "Performed Station AE Title"),
        ("00400242", "Performed Station Name"), ("00400243", "Performed Location"), ("00400244", "Performed Procedure Step Start Date"),
        ("00400245", "Performed Procedure Step Start Time"), ("00080060", "Modality"), ("00200010", "Study ID"),
    ];

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>What is missing of a new step, or not allowed in one.</returns>
    public static Rejection? FaultOfNew(JsonElement attributes)
    {
        foreach (var (tag, name) in Required)
            if (!HasValue(attributes, tag)) return new(RejectionCode.PerformedStepAttributeMissing, $"{name} is missing or empty");
        if (Scheduled(attributes).Count == 0) return new(RejectionCode.PerformedStepAttributeMissing, "Study Instance UID of the scheduled step is missing");
        return StateOf(attributes) == StepState.InProgress ? null : new(RejectionCode.PerformedStepAttributeInvalid, "A new step has status IN PROGRESS");
    }

    /// <summary>Stations that send again what they began with, or leave it empty, change nothing and are not refused.</summary>
    /// <returns>What would change of what stays as the N-CREATE said it.</returns>
    public static Rejection? FaultOfChange(JsonElement known, JsonElement said)
    {
        foreach (var (tag, name) in Unchangeable)
            if (JsonDataSet.Values(said, tag).Any() && !JsonDataSet.Values(said, tag).SequenceEqual(JsonDataSet.Values(known, tag), SameValue))
                return new(RejectionCode.PerformedStepAttributeInvalid, $"{name} stays as the N-CREATE said it");
        return null;
    }

    /// <summary>Null where no status is said, or none that there is: see <see cref="SaysStatus"/>.</summary>
    public static StepState? StateOf(JsonElement attributes) => JsonDataSet.Text(attributes, Status) switch
    {
        "IN PROGRESS" => StepState.InProgress,
        "COMPLETED" => StepState.Completed,
        "DISCONTINUED" => StepState.Discontinued,
        _ => null,
    };

    public static bool SaysStatus(JsonElement attributes) => attributes.TryGetProperty(Status, out _);

    public static IReadOnlyList<ScheduledReference> Scheduled(JsonElement attributes) =>
        [.. JsonDataSet.Items(attributes, ScheduledStepAttributes)
            .Where(item => JsonDataSet.Text(item, StudyInstanceUid) is { Length: > 0 })
            .Select(item => new ScheduledReference(JsonDataSet.Text(item, StudyInstanceUid)!, JsonDataSet.Text(item, ScheduledStepId) is { Length: > 0 } id ? id : null))];

    /// <summary>SOP Instance UIDs of all series that were made.</summary>
    public static IReadOnlyList<string> Instances(JsonElement attributes) =>
        [.. JsonDataSet.Items(attributes, PerformedSeries)
            .SelectMany(series => JsonDataSet.Items(series, ReferencedImages).Concat(JsonDataSet.Items(series, ReferencedNonImages)))
            .Select(reference => JsonDataSet.Text(reference, ReferencedSopInstance)).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>What was known with what is said now: each attribute said takes the place of the one before, but for what stays.</summary>
    public static byte[] With(JsonElement known, JsonElement said)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Plain))
        {
            json.WriteStartObject();
            foreach (var attribute in known.EnumerateObject().Where(attribute => Stays(attribute.Name) || !said.TryGetProperty(attribute.Name, out _))
                .Concat(said.EnumerateObject().Where(attribute => !Stays(attribute.Name))))
                attribute.WriteTo(json);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static bool Stays(string tag) => Unchangeable.Any(attribute => attribute.Tag == tag);

    private static bool HasValue(JsonElement attributes, string tag) =>
        JsonDataSet.Values(attributes, tag).FirstOrDefault() is { ValueKind: not JsonValueKind.Undefined } first
        && !(first.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(first.GetString()));
}
