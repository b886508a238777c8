namespace EHealthPlus.Routing.Contracts.Imaging.Matching;

/// <summary>
/// Dates and times as they are compared: digits alone, most significant first, so that the order of the text is that of time (PS3.5-2024 6.2 DA, TM, DT;
/// the delimiters of versions before 3.0 go).
/// </summary>
public static class MatchingDate
{
    public static string Plain(string value) => value.AsSpan().ContainsAny(".: ") ? new([.. value.Where(c => c is not ('.' or ':' or ' '))]) : value;

    /// <summary>Reads one value or a range, such as 20261101-20261130, -20261130 or 1030- (PS3.4-2024 C.2.2.2.5).</summary>
    /// <returns>First and last that match, both as far as they are said; null where it is none.</returns>
    public static (string From, string To)? Range(string value)
    {
        var hyphen = value.IndexOf('-', StringComparison.Ordinal);
        var (from, to) = hyphen < 0 ? (value, value) : (value[..hyphen], value[(hyphen + 1)..]);
        (from, to) = (Plain(from), Plain(to));
        return (from.Length > 0 || to.Length > 0) && from.All(char.IsAsciiDigit) && to.All(char.IsAsciiDigit) ? (from, to) : null;
    }

    /// <summary>What is said less exactly matches all that it could mean.</summary>
    public static bool Within((string From, string To) range, string value)
    {
        var plain = Plain(value);
        if (plain.Length == 0) return false;
        var width = Math.Max(plain.Length, Math.Max(range.From.Length, range.To.Length));
        return string.CompareOrdinal(plain.PadRight(width, '9'), range.From.PadRight(width, '0')) >= 0
            && (range.To.Length == 0 || string.CompareOrdinal(plain.PadRight(width, '0'), range.To.PadRight(width, '9')) <= 0);
    }
}
