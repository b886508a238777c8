using System.Globalization;
using System.Text;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>How far a time is given.</summary>
public enum DtmPrecision : byte { Year = 4, Month = 6, Day = 8, Hour = 10, Minute = 12, Second = 14 }

/// <summary>
/// A point in time as HL7 v2 writes it (v2.8.2 2A.22): YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ], checked against the calendar.
/// </summary>
/// <param name="Digits">The digits up to <paramref name="Precision"/>.</param>
/// <param name="Fraction">Digits of the fraction of a second, or empty.</param>
/// <param name="Zone">Such as +08:00, or null.</param>
public readonly ref struct Dtm
{
    private Dtm(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> fraction, string? zone)
    {
        Digits = digits;
        Fraction = fraction;
        Zone = zone;
    }

    public ReadOnlySpan<byte> Digits { get; }

    public ReadOnlySpan<byte> Fraction { get; }

    public string? Zone { get; }

    public DtmPrecision Precision => (DtmPrecision)Digits.Length;

    public bool HasTime => Digits.Length > 8;

    /// <returns>False where it is not a point in the calendar: 30 February, month 13, stray letters.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out Dtm dtm)
    {
        dtm = default;
        text = text.Trim((byte)' ');
        string? zone = null;
        var sign = text.IndexOfAny((byte)'+', (byte)'-');
        if (sign >= 0)
        {
            zone = ReadZone(text[sign..]);
            if (zone is null) return false;
            text = text[..sign];
        }

        ReadOnlySpan<byte> fraction = default;
        var point = text.IndexOf((byte)'.');
        if (point >= 0)
        {
            fraction = text[(point + 1)..];
            text = text[..point];
            if (fraction.IsEmpty || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9') || text.Length != 14) return false;
        }

        if (text.Length is not (4 or 6 or 8 or 10 or 12 or 14) || text.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        if (!InCalendar(text)) return false;
        dtm = new Dtm(text, fraction, zone);
        return true;
    }

    /// <returns>+ZZZZ as +ZZ:ZZ, or null where it is not an offset of FHIR (R4 2.24.0.1: up to 14 hours).</returns>
    public static string? ReadZone(ReadOnlySpan<byte> text)
    {
        if (text.Length != 5 || text[0] is not ((byte)'+' or (byte)'-') || text[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return null;
        var (hours, minutes) = (Two(text, 1), Two(text, 3));
        if (minutes > 59 || hours > 14 || (hours == 14 && minutes > 0)) return null;
        if (text.SequenceEqual("+0800"u8)) return "+08:00";
        return $"{Encoding.ASCII.GetString(text[..3])}:{Encoding.ASCII.GetString(text[3..])}";
    }

    /// <summary>Writes YYYY-MM-DD as far as the precision goes.</summary>
    /// <returns>Bytes written, at most 10.</returns>
    public int WriteDate(Span<byte> destination)
    {
        Digits[..4].CopyTo(destination);
        if (Digits.Length < 6) return 4;
        destination[4] = (byte)'-';
        Digits[4..6].CopyTo(destination[5..]);
        if (Digits.Length < 8) return 7;
        destination[7] = (byte)'-';
        Digits[6..8].CopyTo(destination[8..]);
        return 10;
    }

    /// <summary>Writes hh:mm:ss with its fraction; seconds that are not given become 00.</summary>
    /// <returns>Bytes written.</returns>
    public int WriteTime(Span<byte> destination)
    {
        Digits[8..10].CopyTo(destination);
        destination[2] = destination[5] = (byte)':';
        Digits[10..12].CopyTo(destination[3..]);
        if (Digits.Length == 14) Digits[12..14].CopyTo(destination[6..]);
        else "00"u8.CopyTo(destination[6..]);
        if (Fraction.IsEmpty) return 8;
        destination[8] = (byte)'.';
        Fraction.CopyTo(destination[9..]);
        return 9 + Fraction.Length;
    }

    private static bool InCalendar(ReadOnlySpan<byte> digits)
    {
        var year = (Two(digits, 0) * 100) + Two(digits, 2);
        if (year == 0) return false;
        if (digits.Length < 6) return true;
        var month = Two(digits, 4);
        if (month is < 1 or > 12) return false;
        if (digits.Length < 8) return true;
        var day = Two(digits, 6);
        if (day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        if (digits.Length >= 10 && Two(digits, 8) > 23) return false;
        if (digits.Length >= 12 && Two(digits, 10) > 59) return false;
        return digits.Length < 14 || Two(digits, 12) <= 59;
    }

    private static int Two(ReadOnlySpan<byte> digits, int at) => ((digits[at] - '0') * 10) + digits[at + 1] - '0';

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Encoding.ASCII.GetString(Digits)} {Zone}");
}
