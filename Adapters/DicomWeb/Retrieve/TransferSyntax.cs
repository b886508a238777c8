using System.Collections.Frozen;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>What the interface has to know of transfer syntaxes (PS3.5-2024 section 10, PS3.6-2024 table A-1).</summary>
internal static class TransferSyntax
{
    public const string ImplicitLittleEndian = "1.2.840.10008.1.2";
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";
    public const string Deflated = "1.2.840.10008.1.2.1.99";
    public const string ExplicitBigEndian = "1.2.840.10008.1.2.2";
    public const string JpegBaseline = "1.2.840.10008.1.2.4.50";

    private static readonly FrozenSet<string> Uncompressed = new[] { ImplicitLittleEndian, ExplicitLittleEndian, Deflated, ExplicitBigEndian }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>PS3.18-2024 table 8.7.3-5.</summary>
    private static readonly FrozenDictionary<string, string> FrameMedia = new Dictionary<string, string>
    {
        [JpegBaseline] = "image/jpeg", ["1.2.840.10008.1.2.4.51"] = "image/jpeg", ["1.2.840.10008.1.2.4.57"] = "image/jpeg", ["1.2.840.10008.1.2.4.70"] = "image/jpeg",
        ["1.2.840.10008.1.2.5"] = "image/dicom-rle",
        ["1.2.840.10008.1.2.4.80"] = "image/jls", ["1.2.840.10008.1.2.4.81"] = "image/jls",
        ["1.2.840.10008.1.2.4.90"] = "image/jp2", ["1.2.840.10008.1.2.4.91"] = "image/jp2",
        ["1.2.840.10008.1.2.4.92"] = "image/jpx", ["1.2.840.10008.1.2.4.93"] = "image/jpx",
        ["1.2.840.10008.1.2.4.110"] = "image/jxl", ["1.2.840.10008.1.2.4.111"] = "image/jxl", ["1.2.840.10008.1.2.4.112"] = "image/jxl",
        ["1.2.840.10008.1.2.4.201"] = "image/jphc", ["1.2.840.10008.1.2.4.202"] = "image/jphc", ["1.2.840.10008.1.2.4.203"] = "image/jphc",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Others encapsulate pixel data, or are not known.</summary>
    public static bool IsUncompressed(string uid) => Uncompressed.Contains(uid);

    /// <summary>Values and frames of these are cut out only once they are turned into explicit little endian.</summary>
    public static bool IsTurned(string uid) => uid is Deflated or ExplicitBigEndian;

    /// <summary>The media type of a compressed frame; application/octet-stream where there is none of its own.</summary>
    public static string MediaOf(string uid) => FrameMedia.GetValueOrDefault(uid, "application/octet-stream");
}
