using System.Buffers;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>A stretch of a stored data set.</summary>
public readonly record struct ByteStretch(long Offset, long Length);

/// <summary>A frame of pixel data: one stretch, or several where it is encapsulated in fragments (PS3.5-2024 A.4).</summary>
public sealed record FrameLocation(IReadOnlyList<ByteStretch> Parts);

/// <summary>Writes what readers ask of kept data sets. Pure but for the stream it is given.</summary>
public interface IDataSetWriter
{
    /// <summary>Preamble, prefix and group 0002 for an instance that came without them (PS3.10-2024 section 7.1).</summary>
    byte[] FileMeta(string sopClassUid, string sopInstanceUid, string transferSyntaxUid);

    /// <summary>The whole data set as DICOM JSON (PS3.18-2024 annex F), text in UTF-8; values over 1 KiB of binary VRs and pixel data as BulkDataURI.</summary>
    /// <param name="bulkDataUri">Gives the URI for the path of an element, such as 7FE00010 or 00081140/1/0040A730.</param>
    /// <param name="afterPart">Is called after each part that was read, some 64 KiB of the data set: what stands in the output by then may be passed on. Null where all of it is wanted at once.</param>
    /// <returns>A rejection where the data set is damaged.</returns>
    ValueTask<Rejection?> WriteJsonAsync(
        Stream dataSet, string transferSyntaxUid, string? characterSet, Func<string, string> bulkDataUri, IBufferWriter<byte> output, Func<ValueTask>? afterPart, CancellationToken cancellationToken);

    /// <summary>Where the value of an element stands, from where the stream stood: for BulkDataURI. Of encapsulated pixel data all fragments, each with its item header.</summary>
    /// <param name="path">As given to the bulkDataUri of <see cref="WriteJsonAsync"/>.</param>
    /// <returns>ResourceNotFound; PixelsNotLocatable in a deflated data set, which is to be transcoded first.</returns>
    ValueTask<Result<ByteStretch>> LocateAsync(Stream dataSet, string transferSyntaxUid, string path, CancellationToken cancellationToken);

    /// <summary>Where the frames stand, first frame first. Jumps over pixels where the stream can seek.</summary>
    /// <returns>PixelsNotLocatable where nothing says which fragments make a frame, and in a deflated data set.</returns>
    ValueTask<Result<IReadOnlyList<FrameLocation>>> FramesAsync(Stream dataSet, string transferSyntaxUid, CancellationToken cancellationToken);

    /// <summary>
    /// The data set in another uncompressed transfer syntax, streamed: implicit and explicit little endian, explicit big endian, deflated.
    /// </summary>
    /// <returns>A rejection where the pixel data would have to be decoded or encoded.</returns>
    ValueTask<Rejection?> TranscodeAsync(Stream dataSet, string fromTransferSyntaxUid, string toTransferSyntaxUid, Stream output, CancellationToken cancellationToken);
}

/// <summary>Identifiers of C-FIND, C-MOVE and C-GET, and small data sets of N-services.</summary>
public interface IIdentifierCodec
{
    /// <summary>Reads an identifier as DICOM JSON object, UTF-8; empty values stand as elements without Value.</summary>
    Result<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> dataSet, string transferSyntaxUid, string? characterSet);

    /// <summary>The value of (0008,0005) as a data set states it, its values parted by backslashes: JSON is in UTF-8, and no longer tells it.</summary>
    /// <returns>Null where it states none.</returns>
    string? CharacterSetOf(ReadOnlyMemory<byte> dataSet, string transferSyntaxUid);

    /// <summary>
    /// Writes a DICOM JSON object as data set. Text that is not ASCII is in the character set that is wanted, where that has all its characters, else in
    /// UTF-8 (ISO_IR 192): none is ever replaced. An object that states a set itself is written in that, on the same terms.
    /// </summary>
    /// <param name="characterSet">What the reader asked in; null where it did not say. What is no defined term counts as null.</param>
    Result<ReadOnlyMemory<byte>> Write(ReadOnlyMemory<byte> json, string transferSyntaxUid, string? characterSet);
}
