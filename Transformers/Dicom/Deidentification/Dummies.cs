using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>Values that say nothing, and that fit their VR (action D of PS3.15-2025a E.1.1).</summary>
internal static class Dummies
{
    public const string Text = "REMOVED";

    public const string Name = "DEIDENTIFIED";

    private static readonly byte[] Zeros = new byte[4096];

    /// <param name="length">Of the value that is replaced: numbers keep how many they are, up to 4 KiB.</param>
    /// <returns>Padded to an even length.</returns>
    public static byte[] Of(Vr vr, long length) => vr switch
    {
        Vr.DA => Ascii("19000101"),
        Vr.DT => Ascii("19000101000000"),
        Vr.TM => Ascii("000000"),
        Vr.AS => Ascii("000Y"),
        Vr.DS or Vr.IS => Ascii("0"),
        Vr.PN => Ascii(Name),
        Vr.UR => Ascii("urn:removed"),
        Vr.AE or Vr.CS or Vr.LO or Vr.LT or Vr.SH or Vr.ST or Vr.UC or Vr.UT => Ascii(Text),
        _ => Zeros[..(int)Math.Clamp(length + (length % 2), vr.Unit() == 1 ? 2 : vr.Unit(), Zeros.Length)],
    };

    /// <summary>With a space where the length would be odd.</summary>
    public static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text.Length % 2 == 0 ? text : text + " ");

    /// <summary>With a null where the length would be odd.</summary>
    public static byte[] Uid(string text) => System.Text.Encoding.ASCII.GetBytes(text.Length % 2 == 0 ? text : text + "\0");
}
