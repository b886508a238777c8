using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.Json;

/// <summary>Values of text, as they are to be understood (PS3.5-2024 6.2).</summary>
internal static class TextValue
{
    /// <summary>Without padding: leading spaces mean something in long texts only.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text, Vr vr)
    {
        ReadOnlySpan<char> trimmed = text.TrimEnd(" \0");
        return vr is Vr.ST or Vr.LT or Vr.UT or Vr.UC ? trimmed : trimmed.TrimStart(' ');
    }

    /// <summary>As RFC 8259 section 6 writes numbers; DS and IS allow more, such as +1 and 007.</summary>
    public static bool IsJsonNumber(ReadOnlySpan<char> text)
    {
        int at = text is ['-', ..] ? 1 : 0;
        int whole = Digits(text, at);
        if (whole == 0 || (whole > 1 && text[at] == '0')) return false;
        at += whole;
        if (at < text.Length && text[at] == '.')
        {
            int fraction = Digits(text, at + 1);
            if (fraction == 0) return false;
            at += fraction + 1;
        }
        if (at < text.Length && text[at] is ('e' or 'E'))
        {
            at++;
            if (at < text.Length && text[at] is ('+' or '-')) at++;
            int exponent = Digits(text, at);
            if (exponent == 0) return false;
            at += exponent;
        }
        return at == text.Length;
    }

    private static int Digits(ReadOnlySpan<char> text, int from)
    {
        int at = from;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at - from;
    }
}
