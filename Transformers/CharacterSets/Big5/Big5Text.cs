using System.Text;

namespace EHealthPlus.Transformers.CharacterSets.Big5;

/// <summary>
/// Big5 as Hong Kong writes it, with HKSCS-2008. What a sender has put into the user-defined area is no character that anybody else
/// knows: it is not valid.
/// </summary>
public sealed class Big5Text : ITextCoding
{
    public string? TryDecode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        return Decode(bytes, text) == bytes.Length ? text.ToString() : null;
    }

    public int ValidPrefix(ReadOnlySpan<byte> bytes) => Decode(bytes, new StringBuilder());

    public byte[]? TryEncode(string text)
    {
        byte[] bytes = new byte[text.Length * 2];
        int length = 0;
        for (int at = 0; at < text.Length;)
        {
            if (text[at] < 0x80)
            {
                bytes[length++] = (byte)text[at++];
                continue;
            }
            int code = PairAt(text, at, out int used);
            if (code == 0)
            {
                if (Rune.DecodeFromUtf16(text.AsSpan(at), out Rune character, out used) != System.Buffers.OperationStatus.Done) return null;
                code = Big5Table.Current.Code(character.Value);
            }
            if (code == 0) return null;
            bytes[length++] = (byte)(code >> 8);
            bytes[length++] = (byte)code;
            at += used;
        }
        return bytes[..length];
    }

    /// <returns>How many bytes could be read.</returns>
    private static int Decode(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        Big5Table table = Big5Table.Current;
        Span<char> characters = stackalloc char[2];
        int at = 0;
        while (at < bytes.Length)
        {
            int ascii = bytes[at..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (ascii < 0) ascii = bytes.Length - at;
            if (ascii > 0)
            {
                text.Append(Encoding.ASCII.GetString(bytes.Slice(at, ascii)));
                at += ascii;
                continue;
            }
            if (at + 1 == bytes.Length) return at;
            if (table.CodePoint(bytes[at], bytes[at + 1]) is > 0 and var codePoint)
            {
                text.Append(characters[..new Rune(codePoint).EncodeToUtf16(characters)]);
            }
            else if (!TryPair((ushort)((bytes[at] << 8) | bytes[at + 1]), text))
            {
                return at;
            }
            at += 2;
        }
        return at;
    }

    private static bool TryPair(ushort code, StringBuilder text)
    {
        foreach (var pair in Big5Table.Pairs)
        {
            if (pair.Code != code) continue;
            text.Append(pair.Letter).Append(pair.Mark);
            return true;
        }
        return false;
    }

    private static int PairAt(string text, int at, out int used)
    {
        used = 2;
        if (text[at] is not ('\u00CA' or '\u00EA') || at + 1 == text.Length) return 0;
        foreach (var pair in Big5Table.Pairs)
        {
            if (pair.Letter == text[at] && pair.Mark == text[at + 1]) return pair.Code;
        }
        return 0;
    }
}
