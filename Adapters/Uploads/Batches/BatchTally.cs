using System.Globalization;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Uploads.Batches;

/// <summary>
/// Counts what a file holds against what its trailers say. Only the first fault of a file is kept as its rejection. Messages are decided as
/// they are read: a count that is wrong at the end marks the file, it does not undo what came before.
/// </summary>
internal sealed class BatchTally
{
    public bool FileOpen { get; set; }

    public bool BatchOpen { get; set; }

    /// <summary>True where a BHS opened the batch; false for messages without an envelope.</summary>
    public bool BatchStated { get; set; }

    public int Batches { get; set; }

    public long InBatch { get; set; }

    public long Messages { get; set; }

    public RejectionCode? Fault { get; set; }

    public string? FaultDetail { get; set; }

    /// <summary>True while a trailer must come: a file that ends here was cut off, and so may its last message be.</summary>
    public bool TrailerDue => FileOpen || (BatchOpen && BatchStated);

    public void OpenFile()
    {
        if (FileOpen) Note(RejectionCode.BatchIncomplete, "A second FHS stands in the file before the FTS of the first");
        FileOpen = true;
    }

    public void OpenBatch(bool stated)
    {
        if (BatchOpen && BatchStated) Note(RejectionCode.BatchIncomplete, Text($"Batch {Batches} has no BTS"));
        BatchOpen = true;
        BatchStated = stated;
        Batches++;
        InBatch = 0;
    }

    public void Message()
    {
        InBatch++;
        Messages++;
    }

    public void CloseBatch(ReadOnlySpan<byte> trailer)
    {
        if (!BatchOpen || !BatchStated) Note(RejectionCode.BatchStructureInvalid, "A BTS stands in the file without a BHS before it");
        if (!HeaderFields.TryCount(trailer, out var stated)) Note(RejectionCode.BatchStructureInvalid, "BTS-1 is no number");
        else if (stated is { } count && count != InBatch) Note(RejectionCode.BatchCountMismatch, Text($"BTS-1 of batch {Batches} says {count} messages; it holds {InBatch}"));
        BatchOpen = false;
        InBatch = 0;
    }

    public void CloseFile(ReadOnlySpan<byte> trailer)
    {
        if (!FileOpen) Note(RejectionCode.BatchStructureInvalid, "An FTS stands in the file without an FHS before it");
        if (BatchOpen && BatchStated) Note(RejectionCode.BatchIncomplete, Text($"Batch {Batches} has no BTS"));
        if (!HeaderFields.TryCount(trailer, out var stated)) Note(RejectionCode.BatchStructureInvalid, "FTS-1 is no number");
        else if (stated is { } count && count != Batches) Note(RejectionCode.BatchCountMismatch, Text($"FTS-1 says {count} batches; the file holds {Batches}"));
        FileOpen = BatchOpen = false;
    }

    public void Stray() => Note(
        RejectionCode.BatchStructureInvalid, Messages == 0 ? "The file begins with lines that belong to no message" : Text($"Lines behind message {Messages} of the file belong to no message"));

    public void End()
    {
        if (TrailerDue) Note(RejectionCode.BatchIncomplete, "The file ends before its trailer: its last message may be cut off and was refused");
        if (Messages == 0) Note(RejectionCode.UploadEmpty, "No MSH stands at the start of a line");
        FileOpen = BatchOpen = false;
    }

    private void Note(RejectionCode code, string detail)
    {
        if (Fault is not null) return;
        Fault = code;
        FaultDetail = detail;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
