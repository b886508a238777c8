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
        DateOnly? on = null;
        var other = !standard && !system.IsEmpty;
        return Of(field, code, system, dated, day, ref on)
            ?? (other ? Of(field, code, default, dated, day, ref on) : null)
            ?? (table.IsEmpty ? null : Of(table, code, system, dated, day, ref on) ?? (other ? Of(table, code, default, dated, day, ref on) : null));
    }

    // A row that has ended, or not yet begun, is not in the way of one that says less.
    private LocalMapRow? Of<T>(ReadOnlySpan<byte> field, ReadOnlySpan<byte> code, ReadOnlySpan<byte> system, T dated, Func<T, DateOnly> day, ref DateOnly? on)
    {
        Span<byte> key = stackalloc byte[LongestKey];
        field.CopyTo(key);
        var length = field.Length;
        key[length++] = 0;
        code.CopyTo(key[length..]);
        length += code.Length;
        key[length++] = 0;
        system.CopyTo(key[length..]);
        if (!rows.TryGet(key[..(length + system.Length)], out var found)) return null;
        on ??= day(dated);
        foreach (var row in found)
        {
            if (row.HoldsOn(on.Value)) return row;
        }

        return null;
    }
}
