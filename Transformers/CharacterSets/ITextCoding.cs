namespace EHealthPlus.Transformers.CharacterSets;

/// <summary>How the bytes of a character set become text, and text becomes bytes. Strict both ways.</summary>
public interface ITextCoding
{
    /// <returns>Null where the bytes are not valid.</returns>
    string? TryDecode(ReadOnlySpan<byte> bytes);

    /// <returns>Null where the set lacks a character of the text.</returns>
    byte[]? TryEncode(string text);

    /// <summary>How many bytes from the start are valid, up to the end of a character.</summary>
    int ValidPrefix(ReadOnlySpan<byte> bytes);
}
