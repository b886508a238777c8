using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Text;

namespace EHealthPlus.Transformers.Dicom.Scanning;

/// <summary>A scan that holds the beginning of a file until it is clear where its data set begins.</summary>
internal sealed class FileScan(SpecificCharacterSet? characterSet) : IFileScan
{
    private byte[] start = [];
    private int held;
    private int enough;
    private FileMeta? meta;
    private InstanceScan? scan;
    private Rejection? fault;

    public int? MetaLength => meta?.Length;

    public string? TransferSyntaxUid => meta?.Syntax.Uid;

    public Rejection? Feed(ReadOnlySpan<byte> part)
    {
        if (fault is not null) return fault;
        if (scan is not null) return fault = scan.Feed(part);
        if (held == 0)
        {
            // The usual case: the first part holds all that stands before the data set.
            Begin(part, ended: false);
            if (scan is not null || fault is not null) return fault;
        }
        Hold(part);
        // What is fed in crumbs is not read again with each.
        if (held < enough) return null;
        enough = held < 4096 ? 0 : held + (held / 2);
        Begin(start.AsSpan(0, held), ended: false);
        return fault;
    }

    public Result<InstanceSummary> Complete()
    {
        if (scan is null && fault is null) Begin(start.AsSpan(0, held), ended: true);
        return fault ?? scan!.Complete();
    }

    public void Dispose() => scan?.Dispose();

    private void Begin(ReadOnlySpan<byte> bytes, bool ended)
    {
        if (FileMetaReader.TryRead(bytes, ended) is not { } read) return;
        if (!read.Accepted)
        {
            fault = read.Rejection;
            return;
        }
        meta = read.Value;
        scan = new InstanceScan(meta.Syntax, characterSet);
        fault = scan.Feed(bytes[meta.Length..]);
        start = [];
    }

    private void Hold(ReadOnlySpan<byte> part)
    {
        if (start.Length < held + part.Length) Array.Resize(ref start, Math.Max(held + part.Length, start.Length * 2));
        part.CopyTo(start.AsSpan(held));
        held += part.Length;
    }
}
