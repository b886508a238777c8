using EHealthPlus.Adapters.DicomWeb.Exchange;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>As what the frames of an instance are given: never decoded (PS3.18-2024 8.7.3.3.2).</summary>
/// <param name="Media">Of a frame, without parameters.</param>
/// <param name="TransferSyntaxUid">What the bytes of a frame are in.</param>
/// <param name="Multipart">False for a body of its own: one frame.</param>
internal sealed record FrameForm(string Media, string TransferSyntaxUid, bool Multipart)
{
    private const string Bytes = "application/octet-stream";

    public string ContentType => $"{Media}; transfer-syntax={TransferSyntaxUid}";

    /// <returns>Null where the frames would have to be decoded.</returns>
    public static FrameForm? Of(KeptInstance instance, IReadOnlyList<MediaRange> ranges, int count)
    {
        // The pixels of both little endian syntaxes are the same bytes, and the others are turned before they are cut.
        var kept = TransferSyntax.IsUncompressed(instance.TransferSyntaxUid) ? TransferSyntax.ExplicitLittleEndian : instance.TransferSyntaxUid;
        var media = TransferSyntax.MediaOf(kept);
        if (ranges.Count == 0) return new(media, kept, true);
        foreach (var range in ranges)
        {
            var multipart = range.Multipart || range.TakesAnything;
            if (!multipart && count > 1) continue;
            if (Named(range, media, kept) is { } given) return new(given, kept, multipart);
        }

        return null;
    }

    /// <returns>The media type that the range takes the kept bytes as.</returns>
    private static string? Named(MediaRange range, string media, string kept)
    {
        var any = range.TransferSyntax is "*" || range.TransferSyntax == kept;
        if (range.TakesAnything) return range.TransferSyntax is null || any ? media : null;
        // Viewers ask for bytes in any transfer syntax, and read from the part which one it is.
        if (range.Media is Bytes) return any || (range.TransferSyntax is null && kept is TransferSyntax.ExplicitLittleEndian) ? Bytes : null;
        return (range.Media == media || (range.Media is "image/*" && media.StartsWith("image/", StringComparison.Ordinal))) && (range.TransferSyntax is null || any) ? media : null;
    }
}
