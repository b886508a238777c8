using System.Text;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>
/// Search tokens, system|code, as strings. Messages name the same few thousand codes over and over: each thread remembers the last ones,
/// so that most tokens cost no new string.
/// </summary>
internal static class SearchTokens
{
    private const int Remembered = 2048;
    private const int MaxLength = 256;

    [ThreadStatic]
    private static (byte[] Utf8, string[] Text)[]? known;

    /// <summary>Such as a status code.</summary>
    public static string Of(ReadOnlySpan<byte> utf8) => ListOf(utf8)[0];

    /// <summary>A list that holds the token alone.</summary>
    public static IReadOnlyList<string> ListOf(ReadOnlySpan<byte> system, ReadOnlySpan<byte> code)
    {
        var length = system.Length + 1 + code.Length;
        if (length > MaxLength) return [$"{Encoding.UTF8.GetString(system)}|{Encoding.UTF8.GetString(code)}"];
        Span<byte> token = stackalloc byte[MaxLength];
        token = token[..length];
        system.CopyTo(token);
        token[system.Length] = (byte)'|';
        code.CopyTo(token[(system.Length + 1)..]);
        return ListOf(token);
    }

    private static string[] ListOf(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxLength) return [Encoding.UTF8.GetString(utf8)];
        var hash = new HashCode();
        hash.AddBytes(utf8);
        var place = (uint)hash.ToHashCode() % Remembered;
        known ??= new (byte[], string[])[Remembered];
        // Two places for each, so that two codes that a message names together do not drive each other out.
        if (Is(known[place], utf8)) return known[place].Text;
        ref var other = ref known[place ^ 1];
        if (Is(other, utf8)) return other.Text;
        other = known[place];
        known[place] = (utf8.ToArray(), [Encoding.UTF8.GetString(utf8)]);
        return known[place].Text;
    }

    private static bool Is((byte[] Utf8, string[] Text) slot, ReadOnlySpan<byte> utf8) => slot.Text is not null && utf8.SequenceEqual(slot.Utf8);
}
