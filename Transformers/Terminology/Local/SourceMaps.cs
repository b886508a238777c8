using System.Text;

namespace EHealthPlus.Transformers.Terminology.Local;

/// <summary>The local maps of one source. Lookups allocate nothing.</summary>
public sealed class SourceMaps
{
    private const int LongestKey = 256;

    private readonly Utf8Keys<LocalMapRow[]> rows = new();

    internal SourceMaps(IEnumerable<LocalMapRow> all)
    {
        foreach (var same in all.GroupBy(row => (row.Field, row.Code, row.System)))
        {
            rows.Add(Encoding.UTF8.GetBytes($"{same.Key.Field}\0{same.Key.Code}\0{same.Key.System}"), [.. same.OrderBy(row => row.From)]);
        }
    }

    /// <summary>
    /// Finds what a code means on a day. A row for the field goes before one for its table, a row that names the system before one that
    /// names none.
    /// </summary>
    /// <param name="field">Such as OBX-3.</param>
    /// <param name="table">Such as 0001, or empty where the field has no table of the standard.</param>
    /// <param name="system">As sent; empty where none is.</param>
    /// <param name="standard">True where the system sent is a standard's: only a row that names it applies.</param>
    /// <param name="day">Asked for only where there is a row at all.</param>
    /// <returns>Null where no row holds.</returns>
    public LocalMapRow? Find<T>(
        ReadOnlySpan<byte> field, ReadOnlySpan<byte> table, ReadOnlySpan<byte> code, ReadOnlySpan<byte> system, bool standard, T dated, Func<T, DateOnly> day)
    {
        if (field.Length + code.Length + system.Length + 2 > LongestKey) return null;
        var found = Of(field, code, system) ?? (standard || system.IsEmpty ? null : Of(field, code, default));
        if (found is null && !table.IsEmpty) found = Of(table, code, system) ?? (standard || system.IsEmpty ? null : Of(table, code, default));
        if (found is null) return null;
        var on = day(dated);
        foreach (var row in found)
        {
            if (row.HoldsOn(on)) return row;
        }

        return null;
    }

    private LocalMapRow[]? Of(ReadOnlySpan<byte> field, ReadOnlySpan<byte> code, ReadOnlySpan<byte> system)
    {
        Span<byte> key = stackalloc byte[LongestKey];
        field.CopyTo(key);
        var length = field.Length;
        key[length++] = 0;
        code.CopyTo(key[length..]);
        length += code.Length;
        key[length++] = 0;
        system.CopyTo(key[length..]);
        return rows.TryGet(key[..(length + system.Length)], out var found) ? found : null;
    }
}
