using System.Buffers.Binary;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.TransferSyntaxes;

namespace EHealthPlus.Transformers.Dicom.Scanning;

/// <summary>The transfer syntax of a data set that comes without meta information, by its first element.</summary>
internal static class SyntaxGuess
{
    public static Result<TransferSyntax> Of(ReadOnlySpan<byte> dataSet)
    {
        if (dataSet.Length < 8) return new Rejection(RejectionCode.DataSetTruncated, "The file ends before its first element does");
        bool hasVr = VrTraits.Of(BinaryPrimitives.ReadUInt16BigEndian(dataSet[4..])) != Vr.Other;
        if (hasVr && IsKnown(Tag(dataSet, bigEndian: false))) return TransferSyntax.ExplicitLittleEndian;
        if (hasVr && IsKnown(Tag(dataSet, bigEndian: true))) return TransferSyntax.ExplicitBigEndian;
        if (!hasVr && IsKnown(Tag(dataSet, bigEndian: false))) return TransferSyntax.ImplicitLittleEndian;
        return new Rejection(RejectionCode.DataSetInvalid, "The file begins with no element of DICOM");
    }

    private static bool IsKnown(uint tag) => tag >= 0x00080000 && ElementDictionary.VrOf(tag) != Vr.UN;

    private static uint Tag(ReadOnlySpan<byte> bytes, bool bigEndian) => bigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
        : ((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
}
