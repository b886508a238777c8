using System.Globalization;

namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>Moves values of DA and DT by whole days, so that weeks between examinations stay weeks and times of day stay what they were.</summary>
internal static class DateShift
{
    /// <param name="text">One value or several, parted by backslashes (PS3.5-2025a 6.2; DA also in the older form with points).</param>
    /// <returns>Null where a value is no date.</returns>
    public static string? Move(string text, int days)
    {
        string[] values = text.Split('\\');
        for (int at = 0; at < values.Length; at++)
        {
            if (values[at].Length == 0) continue;
            if (MoveOne(values[at], days) is not { } moved) return null;
            values[at] = moved;
        }
        return string.Join('\\', values);
    }

    private static string? MoveOne(string value, int days)
    {
        if (value.Length == 10 && value[4] == '.' && value[7] == '.') value = value.Replace(".", string.Empty, StringComparison.Ordinal);
        int digits = 0;
        while (digits < value.Length && char.IsAsciiDigit(value[digits])) digits++;
        if (digits is not (4 or 6) && digits < 8) return null;
        // A year or month alone moves from its middle, and stays a year or month.
        string day = digits switch { 4 => value[..4] + "0701", 6 => value[..6] + "15", _ => value[..8] };
        if (!DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) || date.DayNumber + days < 0) return null;
        int kept = Math.Min(digits, 8);
        return date.AddDays(days).ToString("yyyyMMdd", CultureInfo.InvariantCulture)[..kept] + value[kept..];
    }
}
