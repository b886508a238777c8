using System.Diagnostics.CodeAnalysis;
using System.Text;
using EHealthPlus.Transformers.Terminology.Local;

namespace EHealthPlus.Transformers.Terminology.Tables;

/// <summary>One official map from the codes of an HL7 v2 table to FHIR. Lookups allocate nothing.</summary>
public sealed class TableMap
{
    private readonly Utf8Keys<MappedCode> rows = new();

    /// <param name="name">Name of the map, such as PatientClass[EncounterClass].</param>
    /// <param name="table">The v2 table, such as HL70004.</param>
    /// <param name="rows">
    /// Lines of code, FHIR code and display with tabs between; a line @URI before them names their code system.
    /// </param>
    internal TableMap(string name, string table, ReadOnlySpan<byte> rows)
    {
        Name = name;
        Table = table;
        Number = table.Length > 4 ? Encoding.ASCII.GetBytes(table[^4..]) : [];
        byte[] system = [];
        while (!rows.IsEmpty)
        {
            var line = Take(ref rows, (byte)'\n');
            if (line[0] == (byte)'@')
            {
                system = line[1..].ToArray();
                continue;
            }

            var code = Take(ref line, (byte)'\t').ToArray();
            var target = Take(ref line, (byte)'\t').ToArray();
            this.rows.Add(code, new MappedCode(target, line.ToArray(), system));
        }
    }

    public string Name { get; }

    public string Table { get; }

    /// <summary>Number of the v2 table, such as 0004, in UTF-8.</summary>
    public ReadOnlySpan<byte> NumberUtf8 => Number;

    public int Count => rows.Count;

    private byte[] Number { get; }

    /// <summary>The v2 codes that the map knows, in its order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Codes => rows.All.Select(row => (ReadOnlyMemory<byte>)row.Key);

    /// <param name="code">The v2 code as sent, UTF-8, exactly.</param>
    /// <returns>False where the official map has no row, or leaves its FHIR side empty.</returns>
    public bool TryGet(ReadOnlySpan<byte> code, [NotNullWhen(true)] out MappedCode? mapped) => rows.TryGet(code, out mapped);

    /// <summary>
    /// The same from what a local map gives: a code of the v2 table itself, which then is looked up, or one that the official map gives
    /// to some other code.
    /// </summary>
    public bool TryGetTarget(LocalMapRow local, [NotNullWhen(true)] out MappedCode? mapped)
    {
        mapped = null;
        if (local.TargetSystemUtf8.StartsWith(TableUri) && local.TargetSystemUtf8[TableUri.Length..].SequenceEqual(Number) && TryGet(local.TargetCodeUtf8, out mapped)) return true;
        foreach (var row in rows.All)
        {
            if (!local.TargetCodeUtf8.SequenceEqual(row.Value.Code) || !local.TargetSystemUtf8.SequenceEqual(row.Value.System)) continue;
            mapped = row.Value;
            return true;
        }

        return false;
    }

    private static ReadOnlySpan<byte> TableUri => "http://terminology.hl7.org/CodeSystem/v2-"u8;

    /// <summary>The way back: the first v2 code that the map gives this FHIR code for; null where there is none.</summary>
    public string? CodeFor(string fhirCode) =>
        rows.All.FirstOrDefault(row => row.Value.CodeText == fhirCode) is { Key: { } code } ? System.Text.Encoding.UTF8.GetString(code) : null;

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> text, byte end)
    {
        var length = text.IndexOf(end);
        var taken = length < 0 ? text : text[..length];
        text = length < 0 ? default : text[(length + 1)..];
        return taken;
    }
}
