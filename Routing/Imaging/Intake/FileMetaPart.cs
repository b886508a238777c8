using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Imaging.Intake;

/// <summary>Parts the bytes of a Part 10 file: what stands before the data set is held, until the scan knows where that begins.</summary>
internal sealed class FileMetaPart(IFileScan scan, int maximum)
{
    private readonly MemoryStream held = new();
    private byte[]? meta;

    /// <summary>Preamble, prefix and group 0002; null where the file has none.</summary>
    public ReadOnlyMemory<byte>? Bytes
    {
        get
        {
            // A conditional expression would turn null into empty memory.
            if (meta is null or []) return null;
            return meta;
        }
    }

    /// <param name="part">Bytes that the scan has been fed; left are those of the data set.</param>
    public Rejection? Take(ref ReadOnlyMemory<byte> part)
    {
        if (meta is not null) return null;
        held.Write(part.Span);
        part = Part();
        return meta is null && held.Length > maximum ? new(RejectionCode.FileMetaInvalid, "The file meta information is larger than the limit") : null;
    }

    /// <summary>At the end of the file: what of the data set is still held.</summary>
    public ReadOnlyMemory<byte> Rest() => meta is null ? Part() : default;

    private ReadOnlyMemory<byte> Part()
    {
        if (scan.MetaLength is not { } length || length > held.Length) return default;
        ReadOnlyMemory<byte> all = held.GetBuffer().AsMemory(0, (int)held.Length);
        meta = all[..length].ToArray();
        return all[length..];
    }
}
