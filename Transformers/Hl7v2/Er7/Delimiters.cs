using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>
/// The message's delimiters, from MSH-1 and MSH-2 (HL7 v2.8.2 2.5.4). One that the message leaves out is given the value of the
/// field separator, which never occurs inside a field.
/// </summary>
public readonly record struct Delimiters(byte Field, byte Component, byte Repetition, byte Escape, byte Subcomponent, byte Truncation)
{
    /// <summary>Those that the standard recommends: | ^ ~ \ &amp;, without a truncation character.</summary>
    public static Delimiters Recommended { get; } = new((byte)'|', (byte)'^', (byte)'~', (byte)'\\', (byte)'&', (byte)'|');

    public bool HasEscape => Escape != Field;

    /// <summary>True from v2.7 on, where MSH-2 has a fifth character (HL7 v2.8.2 2.5.5.2).</summary>
    public bool HasTruncation => Truncation != Field;

    /// <summary>MSH-2 as it is written: two to five characters.</summary>
    public ReadOnlySpan<byte> EncodingCharacters
    {
        get
        {
            byte[] all = [Component, Repetition, Escape, Subcomponent, Truncation];
            int used = all.AsSpan().IndexOf(Field);
            return all.AsSpan(0, used < 0 ? all.Length : used);
        }
    }

    /// <summary>Reads them from a message that starts with MSH and is long enough to hold MSH-2.</summary>
    /// <param name="header">From the M of MSH to the end of the segment.</param>
    internal static Result<Delimiters> Read(ReadOnlySpan<byte> header)
    {
        byte field = header[3];
        if (!Usable(field)) return Invalid(1, "MSH-1 must be one printable ASCII character that is no letter and no digit");

        ReadOnlySpan<byte> rest = header[4..];
        int end = rest.IndexOf(field);
        ReadOnlySpan<byte> encoding = end < 0 ? rest : rest[..end];
        if (encoding.Length is < 2 or > 5) return Invalid(2, "MSH-2 must hold four or five characters");
        for (int i = 0; i < encoding.Length; i++)
        {
            if (!Usable(encoding[i])) return Invalid(2, "MSH-2 must hold printable ASCII characters that are no letters and no digits");
            if (encoding[..i].Contains(encoding[i])) return Invalid(2, "MSH-2 names the same character twice");
        }
        return new Delimiters(
            field, encoding[0], encoding[1],
            encoding.Length > 2 ? encoding[2] : field, encoding.Length > 3 ? encoding[3] : field, encoding.Length > 4 ? encoding[4] : field);
    }

    private static bool Usable(byte character) => character is > 0x20 and < 0x7F && !char.IsAsciiLetterOrDigit((char)character);

    private static Rejection Invalid(int field, string detail) =>
        new(RejectionCode.DelimitersInvalid, detail, new FieldLocation("MSH", 1, field));
}
