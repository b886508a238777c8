using System.Text.Json;
using EHealthPlus.Adapters.Uploads.Batches;
using EHealthPlus.Routing.Contracts.Files;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Uploads;

namespace EHealthPlus.Adapters.Uploads.Folders;

/// <summary>
/// What is kept of one file, beside it: how far its messages are decided, and what came of them. Written anew after each slice, and left
/// beside the answers at the end.
/// </summary>
internal sealed class UploadRecord
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public required string Id { get; init; }

    public required string SourceId { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset TakenAt { get; init; }

    public required long Bytes { get; init; }

    /// <summary>All before this place of the file is decided, and its answers are in the answer file.</summary>
    public long Offset { get; set; }

    /// <summary>Length of the answer file at that moment.</summary>
    public long AnswerBytes { get; set; }

    public BatchTally Tally { get; set; } = new();

    /// <summary>The separators of the open answer FHS and BHS; 0 where none is open.</summary>
    public byte FileSeparator { get; set; }

    public byte BatchSeparator { get; set; }

    public long AnsweredInBatch { get; set; }

    public long RefusedInBatch { get; set; }

    public int AnswerBatches { get; set; }

    public bool Xml { get; set; }

    public long Messages { get; set; }

    public long Accepted { get; set; }

    public long Refused { get; set; }

    public long Unanswered { get; set; }

    public List<UploadReason> Reasons { get; set; } = [];

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Name under which the file and its answers are put away; null until all is decided.</summary>
    public string? Stem { get; set; }

    public string? Answer => Stem is null || AnswerBytes == 0 ? null : Xml ? $"{Stem}.ack.xml" : $"{Stem}.ack";

    public UploadStatus Status(UploadState? state = null, string? fault = null, bool finished = false) => new(
        Id, SourceId, Name, TakenAt, FinishedAt,
        state ?? (!finished ? UploadState.Working : Tally.Fault is null ? UploadState.Done : UploadState.Refused), Bytes, finished ? Bytes : Offset,
        new(Tally.Batches, Messages, Accepted, Refused, Unanswered),
        Tally.Fault is { } code ? new Rejection(code, Tally.FaultDetail ?? "") : null, [.. Reasons], fault, finished ? Answer : null);

    /// <returns>Null where the file holds no such record.</returns>
    public static UploadRecord? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<UploadRecord>(File.ReadAllBytes(path), Readable);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Written aside, flushed and moved: after a crash the file is the old one or the new one, and the new one when this has returned.</summary>
    public void Write(string path)
    {
        var draft = path + ".tmp";
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, this, Readable);
            file.Flush(flushToDisk: true);
        }

        LastingName.Move(draft, path);
    }

    public void CountRefusal(int code, string controlId)
    {
        var at = Reasons.FindIndex(reason => reason.Code == code);
        if (at < 0) Reasons.Add(new(code, 1, Messages, controlId));
        else Reasons[at] = Reasons[at] with { Count = Reasons[at].Count + 1 };
    }
}
