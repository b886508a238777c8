using System.Collections.Frozen;
using System.Text;

namespace EHealthPlus.Transformers.CharacterSets;

/// <summary>
/// GB 18030. The platform has the mapping of 2000 and 2005, in which some two-byte codes stand for private-use characters because
/// Unicode had none for them yet. They are read as the characters that GB 18030-2022 gives them, for a private-use character says nothing
/// to a reader. What a sender has put into the user-defined areas himself (AAA1 to AFFE, F8A1 to FEFE, A140 to A7A0) stays the
/// private-use character that every edition says it is.
/// </summary>
/// <param name="encoding">The platform's, which throws where it has no counterpart.</param>
public sealed class Gb18030Text(Encoding encoding) : ITextCoding
{
    // A6D9 to A6DF, A6EC, A6ED and A6F3 are vertical punctuation; FE51 to FEA0 are components of characters; A8BC is an m with an acute.
    private static readonly FrozenDictionary<char, int> Assigned = new Dictionary<char, int>
    {
        ['\uE78D'] = 0xFE10, ['\uE78E'] = 0xFE12, ['\uE78F'] = 0xFE11, ['\uE790'] = 0xFE13, ['\uE791'] = 0xFE14, ['\uE792'] = 0xFE15,
        ['\uE793'] = 0xFE16, ['\uE794'] = 0xFE17, ['\uE795'] = 0xFE18, ['\uE796'] = 0xFE19, ['\uE7C7'] = 0x1E3F, ['\uE816'] = 0x20087,
        ['\uE817'] = 0x20089, ['\uE818'] = 0x200CC, ['\uE81E'] = 0x9FB4, ['\uE826'] = 0x9FB5, ['\uE82B'] = 0x9FB6, ['\uE82C'] = 0x9FB7,
        ['\uE831'] = 0x215D7, ['\uE832'] = 0x9FB8, ['\uE83B'] = 0x2298F, ['\uE843'] = 0x9FB9, ['\uE854'] = 0x9FBA, ['\uE855'] = 0x241FE,
        ['\uE864'] = 0x9FBB,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<int, char> Unassigned = Assigned.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    private readonly PlatformText platform = new(encoding);

    public string? TryDecode(ReadOnlySpan<byte> bytes)
    {
        string? text = platform.TryDecode(bytes);
        if (text is null || !text.AsSpan().ContainsAnyInRange('\uE78D', '\uE864')) return text;
        var assigned = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            if (Assigned.TryGetValue(character, out int codePoint)) assigned.Append(new Rune(codePoint));
            else assigned.Append(character);
        }
        return assigned.ToString();
    }

    public byte[]? TryEncode(string text)
    {
        StringBuilder? older = null;
        int done = 0;
        int at = 0;
        while (at < text.Length && Rune.TryGetRuneAt(text, at, out Rune character))
        {
            if (Unassigned.TryGetValue(character.Value, out char privateUse))
            {
                (older ??= new()).Append(text, done, at - done).Append(privateUse);
                done = at + character.Utf16SequenceLength;
            }
            at += character.Utf16SequenceLength;
        }
        return platform.TryEncode(older is null ? text : older.Append(text, done, text.Length - done).ToString());
    }

    public int ValidPrefix(ReadOnlySpan<byte> bytes) => platform.ValidPrefix(bytes);
}
