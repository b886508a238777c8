using System.Text;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>
/// Search tokens, system|code, as strings. Messages name the same few thousand codes over and over: each thread remembers the last ones,
/// so that most tokens cost no new string.
/// </summary>
internal static class SearchTokens
{
    private const int Remembered = 1024;
    private const int MaxLength = 256;

    [ThreadStatic]
    private static (byte[] Utf8, string Text)[]? known;

    public static string Of(ReadOnlySpan<byte> system, ReadOnlySpan<byte> code)
    {
        var length = system.Length + 1 + code.Length;
        if (length > MaxLength) return $"{Encoding.UTF8.GetString(system)}|{Encoding.UTF8.GetString(code)}";
        Span<byte> token = stackalloc byte[MaxLength];
        token = token[..length];
        system.CopyTo(token);
        token[system.Length] = (byte)'|';
        code.CopyTo(token[(system.Length + 1)..]);
        return Of(token);
    }

    /// <summary>Such as a status code.</summary>
    public static string Of(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261u;
        foreach (var b in utf8) hash = (hash ^ b) * 16777619u;
        ref var slot = ref (known ??= new (byte[], string)[Remembered])[(hash ^ (hash >> 15)) % Remembered];
        if (slot.Text is null || !utf8.SequenceEqual(slot.Utf8)) slot = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        return slot.Text;
    }
}
