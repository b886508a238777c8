using System.Buffers;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>ST[uri], ST[url]: absolute URIs as they are.</summary>
public static class Uris
{
    private static readonly SearchValues<byte> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x21).Select(value => (byte)value), .. "\"<>\\^`{|}"u8]);

    /// <returns>False where it is not an absolute URI: the value then is carried.</returns>
    public static bool SetUri(this FhirNode node, string name, Value value)
    {
        var leaf = value.Leaf;
        if (leaf < 0) return false;
        var uri = value.Utf8.Trim((byte)' ');
        if (!IsAbsolute(uri))
        {
            value.Mapping.Notes.Add(leaf, CarryReason.NotAUri);
            return false;
        }

        node.Set(name, value.Mapping.Arena.Write(uri), leaf);
        return true;
    }

    /// <summary>A scheme, a colon, and no character that a URI cannot hold (RFC 3986).</summary>
    public static bool IsAbsolute(ReadOnlySpan<byte> uri)
    {
        var colon = uri.IndexOf((byte)':');
        if (colon < 2 || colon == uri.Length - 1 || uri.IndexOfAny(Forbidden) >= 0) return false;
        foreach (var b in uri[..colon])
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'+' or (byte)'-' or (byte)'.')) return false;
        }

        return char.IsAsciiLetter((char)uri[0]);
    }
}
