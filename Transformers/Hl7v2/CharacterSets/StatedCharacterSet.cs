using System.Text;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.CharacterSets;

/// <summary>Which character set a message is in: MSH-18 (HL7 v2.8.2 2.14.9.18), or the source's default where that is empty.</summary>
internal static class StatedCharacterSet
{
    private const int CharacterSetField = 18;

    /// <param name="header">The MSH segment, bytes as received.</param>
    public static Result<CharacterSet> Read(ReadOnlySpan<byte> header, Delimiters delimiters, string defaultCode)
    {
        ReadOnlySpan<byte> stated = Field(header, delimiters.Field);
        Result<CharacterSet> result = stated.Length == 0 || stated.SequenceEqual("\"\""u8) ? Default(defaultCode) : Choose(stated, delimiters);
        if (Ascii.IsValid(header) || (result.Accepted && stated.Length > 0)) return result;
        // A two-byte character in an earlier field may hold the field separator as its second byte, so that this was not MSH-18.
        foreach (string code in (string[])["GB 18030-2000", "BIG-5"])
        {
            CharacterSet candidate = CharacterSet.Find(code)!;
            if (candidate.TryDecode(header) is not { } text) continue;
            Result<CharacterSet> again = Choose(Field(Encoding.UTF8.GetBytes(text), delimiters.Field), delimiters);
            if (again.Accepted && again.Value == candidate) return again;
        }
        return result;
    }

    private static Result<CharacterSet> Default(string code) =>
        CharacterSet.Find(code) is { } set ? set : Unknown("The source's default character set is not one that the hub reads");

    /// <summary>The first set stated; an alternate in its place where the first is plain ASCII, which all others contain.</summary>
    private static Result<CharacterSet> Choose(ReadOnlySpan<byte> stated, Delimiters delimiters)
    {
        CharacterSet chosen = CharacterSet.Ascii;
        foreach (Range range in stated.Split(delimiters.Repetition))
        {
            ReadOnlySpan<byte> code = stated[range];
            if (code.Length == 0) continue;
            if (!Ascii.IsValid(code) || CharacterSet.Find(Encoding.ASCII.GetString(code)) is not { } set)
            {
                return Unknown("MSH-18 names a character set that the hub does not read: send UNICODE UTF-8");
            }
            if (chosen.IsAscii) chosen = set;
        }
        return chosen;
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> header, byte separator) =>
        // The name is part 1 and MSH-1 is the separator itself, so MSH-18 is part 18.
        Splitting.Find(header, separator, CharacterSetField, out int start, out int length) ? header.Slice(start, length) : default;

    private static Rejection Unknown(string detail) => new(RejectionCode.CharacterSetUnknown, detail, new FieldLocation("MSH", 1, CharacterSetField));
}
