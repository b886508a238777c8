using System.Buffers.Binary;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.TransferSyntaxes;

namespace EHealthPlus.Transformers.Dicom.Scanning;

/// <summary>What stands before the data set of a file: preamble, prefix and group 0002 (PS3.10-2024 section 7.1).</summary>
/// <param name="GroupStart">Where group 0002 begins: behind preamble and prefix.</param>
/// <param name="Length">Bytes of all of it; 0 where the file begins with its data set.</param>
/// <param name="Syntax">As (0002,0010) says, or as the first element looks.</param>
public sealed record FileMeta(int GroupStart, int Length, TransferSyntax Syntax);

/// <summary>Finds where the data set of a file begins, and how it is encoded.</summary>
internal static class FileMetaReader
{
    /// <summary>No file needs more before its data set.</summary>
    public const int Limit = 1024 * 1024;

    private const int Preamble = 128;

    /// <param name="start">The file's first bytes.</param>
    /// <param name="ended">There are no more.</param>
    /// <returns>Null where more bytes are needed to tell.</returns>
    public static Result<FileMeta>? TryRead(ReadOnlySpan<byte> start, bool ended)
    {
        if (start.Length < Preamble + 4 && !ended) return null;
        int at = start.Length >= Preamble + 4 && start.Slice(Preamble, 4).SequenceEqual("DICM"u8) ? Preamble + 4
            : start.StartsWith("DICM"u8) ? 4
            : 0;
        int groupStart = at;
        int? stated = null;
        string? uid = null;
        while (true)
        {
            ReadOnlySpan<byte> rest = start[at..];
            // A deflated data set may begin with any bytes: then only the stated length tells where group 0002 ends.
            if (rest.Length < 12 && !ended) return null;
            if (rest.Length < 8 || BinaryPrimitives.ReadUInt16LittleEndian(rest) != 0x0002 || (at == stated && !LooksExplicit(rest))) break;
            if (!TryElement(rest, out uint tag, out int header, out long length)) return new Rejection(RejectionCode.FileMetaInvalid, $"The element of group 0002 at byte {at} cannot be read");
            if (at + header + length > Limit) return new Rejection(RejectionCode.FileMetaInvalid, "The file meta information is longer than 1 MiB");
            if (rest.Length < header + length && !ended) return null;
            if (rest.Length < header + length) return new Rejection(RejectionCode.DataSetTruncated, "The file ends within its meta information");
            ReadOnlySpan<byte> value = rest.Slice(header, (int)length);
            at += header + (int)length;
            if (tag == 0x00020000 && length == 4) stated = at + (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(value), Limit);
            if (tag == 0x00020010) uid = System.Text.Encoding.ASCII.GetString(value).TrimEnd(' ', '\0');
        }

        if (uid is { Length: > 0 })
        {
            Result<TransferSyntax> syntax = TransferSyntax.Find(uid);
            if (!syntax.Accepted) return syntax.Rejection;
            return new FileMeta(groupStart, at, syntax.Value);
        }
        Result<TransferSyntax> guess = SyntaxGuess.Of(start[at..]);
        if (guess.Accepted) return new FileMeta(groupStart, at, guess.Value);
        if (groupStart > 0 && at == start.Length) return new Rejection(RejectionCode.DataSetTruncated, "The file ends before its data set");
        return guess.Rejection;
    }

    private static bool LooksExplicit(ReadOnlySpan<byte> element) => VrTraits.Of(BinaryPrimitives.ReadUInt16BigEndian(element[4..])) != Vr.Other;

    // Group 0002 is explicit little endian in every file.
    private static bool TryElement(ReadOnlySpan<byte> bytes, out uint tag, out int header, out long length)
    {
        tag = 0x00020000u | BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
        header = 8;
        length = 0;
        Vr vr = VrTraits.Of(BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]));
        if (vr == Vr.Other || vr == Vr.SQ) return false;
        if (!vr.IsLong())
        {
            length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
            return true;
        }
        header = 12;
        if (bytes.Length < 12) return false;
        length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        return true;
    }
}
