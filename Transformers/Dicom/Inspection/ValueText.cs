using System.Globalization;
using System.Text;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Json;
using EHealthPlus.Transformers.Dicom.Text;

namespace EHealthPlus.Transformers.Dicom.Inspection;

/// <summary>A value on one line of a terminal: control characters, which could steer it, are written out.</summary>
internal static class ValueText
{
    public static string Of(Vr vr, ReadOnlySpan<byte> value, bool bigEndian, SpecificCharacterSet characterSet, int width)
    {
        if (value.IsEmpty) return string.Empty;
        if (vr.IsBinary()) return Bytes(value, width);
        if (vr.Unit() > 1) return Numbers(vr, value, bigEndian, width);
        string text = TextValue.Trim(characterSet.Decode(value, vr, out _), vr).ToString();
        if (vr == Vr.UI && UidDictionary.Find(text) is { } known) text = $"{text} ({known.Name})";
        return Printable(text, width);
    }

    private static string Bytes(ReadOnlySpan<byte> value, int width)
    {
        int shown = Math.Min(value.Length, Math.Max(width / 3, 1));
        string digits = string.Join(' ', value[..shown].ToArray().Select(each => each.ToString("X2", CultureInfo.InvariantCulture)));
        return shown < value.Length ? digits + " …" : digits;
    }

    private static string Numbers(Vr vr, ReadOnlySpan<byte> value, bool bigEndian, int width)
    {
        int size = vr == Vr.AT ? 4 : vr.Unit();
        var text = new StringBuilder();
        for (; value.Length >= size && text.Length <= width; value = value[size..])
        {
            if (text.Length > 0) text.Append('\\');
            text.Append(BinaryNumber.Text(vr, value[..size], bigEndian));
        }
        return Printable(text.ToString(), width);
    }

    private static string Printable(string text, int width)
    {
        var shown = new StringBuilder(Math.Min(text.Length, width) + 2);
        foreach (Rune character in text.EnumerateRunes())
        {
            if (shown.Length >= width) return shown.Append('…').ToString();
            if (Rune.IsControl(character)) shown.Append(CultureInfo.InvariantCulture, $"\\{Convert.ToString(character.Value, 8).PadLeft(3, '0')}");
            else shown.Append(character);
        }
        return shown.ToString();
    }
}
