using System.Buffers;

namespace EHealthPlus.Adapters.DicomWeb.Exchange;

/// <summary>Unique identifiers in addresses and queries.</summary>
internal static class Uid
{
    private const int Longest = 64;

    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789.");

    /// <summary>
    /// Up to 64 characters: numbers parted by dots (PS3.5-2024 9.1). Leading zeros are forbidden there, and met: what is kept under such a UID is reached by it.
    /// </summary>
    public static bool Is(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= Longest && !text.ContainsAnyExcept(Characters) && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[^1]) && !text.Contains("..", StringComparison.Ordinal);
}
