namespace EHealthPlus.Adapters.DicomWeb.Exchange;

/// <summary>Unique identifiers in addresses and queries.</summary>
internal static class Uid
{
    private const int Longest = 64;

    /// <summary>Up to 64 characters: numbers without leading zeros, parted by dots (PS3.5-2024 9.1).</summary>
    public static bool Is(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > Longest) return false;
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] != '.')
            {
                if (!char.IsAsciiDigit(text[at])) return false;
                continue;
            }

            if (at == start || (text[start] == '0' && at > start + 1)) return false;
            start = at + 1;
        }

        return true;
    }
}
