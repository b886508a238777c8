using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>
/// URIs for what only the source knows: urn:ehealthplus:local:SOURCE:NAME, where the name is the one of the code system or assigning
/// authority as sent, else the field, such as OBX-3. What RFC 8141 does not allow in it is percent-encoded.
/// </summary>
public static class LocalUri
{
    private static ReadOnlySpan<byte> Prefix => "urn:ehealthplus:local:"u8;

    public static FhirText Of(Mapping mapping, ReadOnlySpan<byte> name) => mapping.LocalUris.Of(name);

    internal static FhirText Write(Mapping mapping, ReadOnlySpan<byte> name)
    {
        var source = mapping.Context.Source.Id;
        var room = mapping.Arena.Reserve(Prefix.Length + (source.Length * 9) + 1 + (name.Length * 3));
        Prefix.CopyTo(room);
        var length = Prefix.Length;
        Span<byte> utf8 = stackalloc byte[3];
        foreach (var character in source)
        {
            if (!System.Text.Rune.TryCreate(character, out var rune)) continue;
            Encode(utf8[..rune.EncodeToUtf8(utf8)], room, ref length);
        }

        room[length++] = (byte)':';
        Encode(name.Trim((byte)' '), room, ref length);
        return mapping.Arena.Commit(length);
    }

    private static void Encode(ReadOnlySpan<byte> text, Span<byte> room, ref int length)
    {
        foreach (var b in text)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_')
            {
                room[length++] = b;
                continue;
            }

            room[length++] = (byte)'%';
            room[length++] = "0123456789ABCDEF"u8[b >> 4];
            room[length++] = "0123456789ABCDEF"u8[b & 15];
        }
    }
}
