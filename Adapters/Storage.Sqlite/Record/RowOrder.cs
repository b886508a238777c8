using System.Globalization;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>
/// The order of a search as SQL over the table resource (r), and the cursor that goes with it: the number of the last row, behind the value
/// that it was sorted by where there is one.
/// </summary>
/// <param name="Key">What comes before the row's number; null for the number alone.</param>
internal sealed record RowOrder(string? Key, bool Descending)
{
    public static readonly RowOrder OldestEntry = new(null, false);

    // Before all times: FHIR says nothing of where a resource without the element goes.
    private const string Date = "ifnull(r.date_from, -9223372036854775807)";

    public static RowOrder Of(RecordOrder order) => order switch
    {
        RecordOrder.NewestEntry => new(null, true),
        RecordOrder.OldestDate => new(Date, false),
        RecordOrder.NewestDate => new(Date, true),
        RecordOrder.OldestChange => new("r.updated", false),
        RecordOrder.NewestChange => new("r.updated", true),
        _ => throw new ArgumentOutOfRangeException(nameof(order)),
    };

    /// <summary>Behind ORDER BY.</summary>
    public override string ToString() => Key is null ? $"r.num {Direction}" : $"{Key} {Direction}, r.num {Direction}";

    public string CursorOf(Reader reader, long number)
    {
        if (Key is null) return number.ToString(CultureInfo.InvariantCulture);
        var row = reader.Prepare($"SELECT {Key} FROM resource r WHERE r.num = ?1").Bind(1, number);
        row.Step();
        var key = row.Int64(0);
        row.Reset();
        return string.Create(CultureInfo.InvariantCulture, $"{key}.{number}");
    }

    /// <summary>Adds the condition that only what comes after the cursor is there; a cursor that is none finds nothing.</summary>
    public void After(SearchConditions conditions, string cursor)
    {
        var dot = cursor.IndexOf('.', StringComparison.Ordinal);
        var number = long.TryParse(cursor.AsSpan(dot + 1), CultureInfo.InvariantCulture, out var last) ? last : Descending ? 0 : long.MaxValue;
        if (Key is null)
        {
            conditions.Add($"r.num {Beyond} ?", number);
            return;
        }

        var key = dot > 0 && long.TryParse(cursor.AsSpan(0, dot), CultureInfo.InvariantCulture, out var stated) ? stated : Descending ? long.MinValue : long.MaxValue;
        conditions.Add(string.Create(CultureInfo.InvariantCulture, $"({Key}, r.num) {Beyond} ({key}, ?)"), number);
    }

    private string Direction => Descending ? "DESC" : "ASC";

    private string Beyond => Descending ? "<" : ">";
}
