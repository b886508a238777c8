using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace EHealthPlus.Transformers.Terminology.CodeSystems;

/// <summary>
/// From the name that an HL7 v2 coded element gives its code system (CWE.3, HL7 table 0396) to the FHIR URI.
/// URIs: FHIR R4 4.3.0 "Known code systems"; where that has none, HL7 Terminology.
/// </summary>
public static class CodeSystemNames
{
    private const int TableCount = 10_000;

    private static readonly byte[]?[] TableUris = new byte[TableCount][];
    private static readonly Utf8Keys<byte[]> Names = BuildNames();
    private static readonly Utf8Keys<byte[]> Oids = BuildOids();

    /// <summary>What stands before an OID where a URI is due (RFC 3061).</summary>
    public static ReadOnlySpan<byte> OidPrefix => "urn:oid:"u8;

    /// <param name="name">CWE.3, UTF-8, such as LN, SCT, I10 or HL70001. Exactly, but for letter case of HL7nnnn.</param>
    /// <param name="uri">UTF-8.</param>
    /// <returns>False for L, 99zzz and every name that is not known: the code is then local to its source.</returns>
    public static bool TryGetUri(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> uri)
    {
        if (Names.TryGet(name, out var known) || TryGetTable(name, out known))
        {
            uri = known;
            return true;
        }

        uri = default;
        return false;
    }

    /// <summary>The FHIR URI of a code system that is named by its OID (CWE.14): SHALL be used before urn:oid (FHIR R4 4.3.0).</summary>
    /// <returns>False where the OID has no other URI: <see cref="OidPrefix"/> and the OID then make it.</returns>
    public static bool TryGetUriOfOid(ReadOnlySpan<byte> oid, out ReadOnlySpan<byte> uri)
    {
        if (Oids.TryGet(oid, out var known))
        {
            uri = known;
            return true;
        }

        // 2.16.840.1.113883.12.N is HL7 v2 table N.
        var tables = "2.16.840.1.113883.12."u8;
        if (oid.StartsWith(tables) && TryReadTable(oid[tables.Length..], out var table))
        {
            uri = UriOf(table);
            return true;
        }

        uri = default;
        return false;
    }

    /// <summary>The way back: the name in HL7 table 0396 of a code system that FHIR names by a URI; null where it is not known.</summary>
    public static string? NameOf(string uri)
    {
        const string tables = "http://terminology.hl7.org/CodeSystem/v2-";
        if (uri.StartsWith(tables, StringComparison.Ordinal)) return "HL7" + uri[tables.Length..];
        return KnownCodeSystem.All.FirstOrDefault(system => system.Uri == uri)?.Names.FirstOrDefault();
    }

    /// <summary>True for digits in groups with dots between, the first group 0, 1 or 2 (FHIR R4 2.24.0.1 oid).</summary>
    public static bool IsOid(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3 || text[0] is < (byte)'0' or > (byte)'2' || text[1] != (byte)'.') return false;
        var groupStart = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] != (byte)'.')
            {
                if (!char.IsAsciiDigit((char)text[i])) return false;
                continue;
            }

            var length = i - groupStart;
            if (length == 0 || (length > 1 && text[groupStart] == (byte)'0')) return false;
            groupStart = i + 1;
        }

        return true;
    }

    private static bool TryGetTable(ReadOnlySpan<byte> name, [NotNullWhen(true)] out byte[]? uri)
    {
        uri = null;
        if (name.Length != 7 || (name[0] | 0x20) != 'h' || (name[1] | 0x20) != 'l' || name[2] != '7' || !TryReadTable(name[3..], out var table)) return false;
        uri = UriOf(table);
        return true;
    }

    private static bool TryReadTable(ReadOnlySpan<byte> digits, out int table)
    {
        table = 0;
        if (digits.Length is 0 or > 4) return false;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit)) return false;
            table = (table * 10) + digit - '0';
        }

        return table > 0;
    }

    private static byte[] UriOf(int table) =>
        TableUris[table] ??= Encoding.ASCII.GetBytes("http://terminology.hl7.org/CodeSystem/v2-" + table.ToString("0000", CultureInfo.InvariantCulture));

    private static Utf8Keys<byte[]> BuildNames()
    {
        var names = new Utf8Keys<byte[]>();
        foreach (var system in KnownCodeSystem.All)
        {
            var uri = Encoding.UTF8.GetBytes(system.Uri);
            foreach (var name in system.Names) names.Add(Encoding.UTF8.GetBytes(name), uri);
        }

        return names;
    }

    private static Utf8Keys<byte[]> BuildOids()
    {
        var oids = new Utf8Keys<byte[]>();
        foreach (var system in KnownCodeSystem.All.Where(system => system.Oid.Length > 0))
        {
            oids.Add(Encoding.UTF8.GetBytes(system.Oid), Encoding.UTF8.GetBytes(system.Uri));
        }

        return oids;
    }
}
