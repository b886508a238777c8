using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.TransferSyntaxes;

/// <summary>How a data set is encoded (PS3.5-2024 section 10 and annex A).</summary>
/// <param name="Deflated">The whole data set is deflated (RFC 1951).</param>
/// <param name="Encapsulated">Pixel data comes in fragments.</param>
public sealed record TransferSyntax(string Uid, bool Implicit, bool BigEndian, bool Deflated, bool Encapsulated)
{
    public const string ImplicitLittleEndianUid = "1.2.840.10008.1.2";
    public const string ExplicitLittleEndianUid = "1.2.840.10008.1.2.1";
    public const string DeflatedUid = "1.2.840.10008.1.2.1.99";
    public const string ExplicitBigEndianUid = "1.2.840.10008.1.2.2";

    public static readonly TransferSyntax ImplicitLittleEndian = new(ImplicitLittleEndianUid, true, false, false, false);
    public static readonly TransferSyntax ExplicitLittleEndian = new(ExplicitLittleEndianUid, false, false, false, false);
    public static readonly TransferSyntax ExplicitBigEndian = new(ExplicitBigEndianUid, false, true, false, false);
    private static readonly TransferSyntax DeflatedLittleEndian = new(DeflatedUid, false, false, true, false);

    /// <summary>Pixels that can go to another of these without being decoded or encoded.</summary>
    public bool Uncompressed => !Encapsulated && Uid is ImplicitLittleEndianUid or ExplicitLittleEndianUid or DeflatedUid or ExplicitBigEndianUid;

    /// <returns>Rejection TransferSyntaxUnsupported for what is not registered as encoding of a data set, private ones included.</returns>
    public static Result<TransferSyntax> Find(string uid) => uid switch
    {
        ImplicitLittleEndianUid => ImplicitLittleEndian,
        ExplicitLittleEndianUid => ExplicitLittleEndian,
        DeflatedUid => DeflatedLittleEndian,
        ExplicitBigEndianUid => ExplicitBigEndian,
        // JPIP: the pixels are elsewhere, and the data set is deflated (PS3.5-2024 A.7).
        "1.2.840.10008.1.2.4.95" or "1.2.840.10008.1.2.4.205" => new TransferSyntax(uid, false, false, true, false),
        "1.2.840.10008.1.2.4.94" or "1.2.840.10008.1.2.4.204" => new TransferSyntax(uid, false, false, false, false),
        _ when IsEncapsulated(uid) => new TransferSyntax(uid, false, false, false, true),
        _ => new Rejection(RejectionCode.TransferSyntaxUnsupported, UidDictionary.Find(uid) is { } known
            ? $"A data set in {known.Name} is not read"
            : "The transfer syntax is none that PS3.6 registers"),
    };

    // Mail, XML, streams and Papyrus (1.2.6, 1.2.7, 1.20) are no data sets as PS3.5 encodes them.
    private static bool IsEncapsulated(string uid) =>
        UidDictionary.Find(uid) is { Kind: UidKind.TransferSyntax } && (uid is "1.2.840.10008.1.2.1.98" or "1.2.840.10008.1.2.5" or "1.2.840.10008.1.2.8.1"
            || uid.StartsWith("1.2.840.10008.1.2.4.", StringComparison.Ordinal));
}
