using System.Globalization;

namespace EHealthPlus.Transformers.DicomToFhir.Resources;

/// <summary>A date (DA), a time (TM) and an offset as FHIR dateTime (PS3.5-2024 6.2; R4 2.24.0.1): in the precision given, and with a time only where its zone is known.</summary>
/// <param name="Text">Such as 2026-03-02T09:05:00+08:00, or 2026-03-02; null where it is not in the calendar.</param>
/// <param name="HasTime">Whether the time is in it.</param>
internal readonly record struct DicomTime(string? Text, bool HasTime, bool SecondsFilled)
{
    /// <param name="date">YYYYMMDD, or YYYY.MM.DD of ACR-NEMA.</param>
    /// <param name="time">HH[MM[SS[.F]]], or empty.</param>
    /// <param name="offset">+08:00, or null.</param>
    public static DicomTime Of(string date, string time, string? offset)
    {
        var digits = date.Trim().Replace(".", "", StringComparison.Ordinal);
        if (digits.Length != 8 || !DateOnly.TryParseExact(digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return default;
        var text = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return offset is not null && TimeOfDay(time, out var filled) is { } clock ? new($"{text}T{clock}{offset}", true, filled) : new(text, false, false);
    }

    /// <summary>(0008,0201) as +08:00.</summary>
    /// <returns>Null where it is no offset of FHIR, which goes up to 14 hours.</returns>
    public static string? Offset(string stated)
    {
        var text = stated.Trim();
        if (text.Length != 5 || text[0] is not ('+' or '-') || !text.AsSpan(1).ContainsOnlyDigits()) return null;
        var (hours, minutes) = (Two(text, 1), Two(text, 3));
        return minutes > 59 || hours > 14 || (hours == 14 && minutes > 0) ? null : $"{text.AsSpan(0, 3)}:{text.AsSpan(3)}";
    }

    private static string? TimeOfDay(string time, out bool filled)
    {
        filled = false;
        var text = time.Trim().Replace(":", "", StringComparison.Ordinal);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var (whole, fraction) = point < 0 ? (text, "") : (text[..point], text[(point + 1)..]);
        if (whole.Length is not (4 or 6) || !whole.AsSpan().ContainsOnlyDigits() || !fraction.AsSpan().ContainsOnlyDigits() || (point >= 0 && (fraction.Length == 0 || whole.Length < 6))) return null;
        if (Two(whole, 0) > 23 || Two(whole, 2) > 59 || (whole.Length == 6 && Two(whole, 4) > 59)) return null;
        filled = whole.Length == 4;
        var seconds = filled ? "00" : whole[4..];
        return $"{whole.AsSpan(0, 2)}:{whole.AsSpan(2, 2)}:{seconds}{(fraction.Length == 0 ? "" : $".{fraction}")}";
    }

    private static int Two(string text, int at) => ((text[at] - '0') * 10) + text[at + 1] - '0';
}

internal static class Digits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
