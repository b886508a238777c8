namespace EHealthPlus.Routing.PersonIndex.Names;

/// <summary>Numbers that two names share where they can be the same name, whatever the order of family and given name.</summary>
internal static class NameKeys
{
    public static IEnumerable<ulong> Cantonese(NameReading name) => name.Cantonese.Select(sounds =>
    {
        var key = Start;
        foreach (var sound in sounds.Order()) key = Next(key, (uint)sound + 1);
        return key;
    });

    public static IEnumerable<ulong> Mandarin(NameReading name) => name.Mandarin.Select(syllables =>
    {
        var key = Start;
        foreach (var syllable in syllables.Order(StringComparer.Ordinal))
        {
            foreach (var letter in syllable) key = Next(key, letter);
            key = Next(key, ' ');
        }

        return key;
    });

    // FNV-1a, 64 bits.
    public const ulong Start = 14695981039346656037;

    public static ulong Next(ulong key, uint part)
    {
        unchecked
        {
            for (var shift = 0; shift < 32; shift += 8) key = (key ^ ((part >> shift) & 0xFF)) * 1099511628211;
            return key;
        }
    }
}
