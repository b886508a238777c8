namespace EHealthPlus.Adapters.Dimse.Negotiation;

/// <summary>Transfer syntaxes by what they mean to a hub that keeps data sets as they are (PS3.5-2024 section 10 and annex A; PS3.6-2024 table A-1).</summary>
public static class TransferSyntax
{
    public const string ImplicitLittleEndian = "1.2.840.10008.1.2";
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";
    public const string DeflatedLittleEndian = "1.2.840.10008.1.2.1.99";
    public const string ExplicitBigEndian = "1.2.840.10008.1.2.2";

    /// <summary>Those that no pixel decoding parts: a data set in one can be given in each.</summary>
    public static readonly IReadOnlyList<string> Uncompressed = [ExplicitLittleEndian, ImplicitLittleEndian, ExplicitBigEndian, DeflatedLittleEndian];

    /// <summary>What a data set without pixel data may be in: identifiers, reports of events.</summary>
    public static bool IsPlain(string uid) => uid is ImplicitLittleEndian or ExplicitLittleEndian;

    /// <summary>
    /// Can an instance be kept in it and be whole? All that the standard defines, but not JPIP, whose pixels stay at the sender, nor real-time
    /// video, which is no file. What others define cannot be read.
    /// </summary>
    public static bool CanBeKept(string uid) => Uncompressed.Contains(uid, StringComparer.Ordinal) || (IsEncapsulated(uid) && !RefersToPixels(uid));

    /// <summary>Encapsulated uncompressed (98), JPEG family and video (4.x), RLE (5), deflated image frames (8.1).</summary>
    private static bool IsEncapsulated(string uid) =>
        uid is "1.2.840.10008.1.2.1.98" or "1.2.840.10008.1.2.5" or "1.2.840.10008.1.2.8.1" || uid.StartsWith("1.2.840.10008.1.2.4.", StringComparison.Ordinal);

    private static bool RefersToPixels(string uid) => uid is "1.2.840.10008.1.2.4.94" or "1.2.840.10008.1.2.4.95" or "1.2.840.10008.1.2.4.204" or "1.2.840.10008.1.2.4.205";
}
