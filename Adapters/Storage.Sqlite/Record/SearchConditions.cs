using System.Globalization;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>The conditions of one search as SQL over the table resource (r), with their values in order.</summary>
internal sealed class SearchConditions
{
    private readonly List<string> conditions = [];
    private readonly List<object> values = [];

    public override string ToString() => string.Join(" AND ", conditions);

    public void Add(string condition, object value)
    {
        conditions.Add(condition);
        values.Add(value);
    }

    /// <summary>The value of a LIMIT behind the conditions.</summary>
    public void Limit(int count) => values.Add((long)count);

    public void Person(string? id)
    {
        if (id is null) conditions.Add("r.person = 0");
        else Add("r.person = (SELECT num FROM symbol WHERE value = ?)", id);
    }

    /// <summary>One of these resources; null for one that is not there.</summary>
    public void Numbers(IEnumerable<long?> numbers) =>
        conditions.Add($"r.num IN ({string.Join(',', numbers.OfType<long>().Select(number => number.ToString(CultureInfo.InvariantCulture)))})");

    public void Statuses(IReadOnlyList<string> statuses)
    {
        if (statuses.Count == 0) return;
        conditions.Add($"r.status IN (SELECT num FROM symbol WHERE value IN ({Places(statuses.Count)}))");
        values.AddRange(statuses);
    }

    public void Accessions(IReadOnlyList<string> numbers)
    {
        if (numbers.Count == 0) return;
        conditions.Add($"r.num IN (SELECT resource FROM accession WHERE number IN ({Places(numbers.Count)}))");
        values.AddRange(numbers.Select(number => new PlainText(number)));
    }

    public void Permitted(IReadOnlySet<SharingCategory>? categories)
    {
        if (categories is null) return;
        conditions.Add($"r.category IN ({string.Join(',', categories.Select(category => ((int)category).ToString(CultureInfo.InvariantCulture)))})");
    }

    /// <summary>Any of the codings: system|code, |code for no system, code for any.</summary>
    public void Codings(string column, IReadOnlyList<string> codings, Reader reader)
    {
        if (codings.Count == 0) return;
        var numbers = codings.SelectMany(coding => NumbersOf(coding, reader)).Distinct().ToList();
        conditions.Add(numbers.Count == 0 ? "0" : $"({string.Join(" OR ", numbers.Select(_ => $"instr({column}, ?) > 0"))})");
        values.AddRange(numbers.Select(number => string.Create(CultureInfo.InvariantCulture, $",{number},")));
    }

    /// <summary>Compares periods by the prefixes of FHIR R4 3.1.1.4.10. What has no date matches none.</summary>
    /// <param name="from">Start of the resource's period, inclusive.</param>
    /// <param name="until">Its end, exclusive; as is that of the bound.</param>
    public void Date(string from, string until, DateBound bound)
    {
        var start = Time.Of(bound.From);
        var end = Math.Max(Time.Of(bound.Until), start + 1);
        var within = $"({from} >= {start} AND {until} <= {end})";
        conditions.Add(string.Create(CultureInfo.InvariantCulture, $"({bound.Comparison switch
        {
            DateComparison.Equal => within,
            DateComparison.NotEqual => $"NOT {within}",
            DateComparison.LessThan => $"{from} < {start}",
            DateComparison.LessOrEqual => $"{from} < {start} OR {within}",
            DateComparison.GreaterThan => $"{until} > {end}",
            DateComparison.GreaterOrEqual => $"{until} > {end} OR {within}",
            DateComparison.StartsAfter => $"{from} >= {end}",
            DateComparison.EndsBefore => $"{until} <= {start}",
            _ => throw new ArgumentOutOfRangeException(nameof(bound)),
        }})"));
    }

    public Statement Bind(Reader reader, string sql)
    {
        var statement = reader.Prepare(sql);
        for (var at = 0; at < values.Count; at++)
        {
            if (values[at] is long number) statement.Bind(at + 1, number);
            else if (values[at] is PlainText text) statement.Bind(at + 1, text.Value);
            else statement.BindId(at + 1, (string)values[at]);
        }

        return statement;
    }

    private static IEnumerable<long> NumbersOf(string coding, Reader reader)
    {
        var bar = coding.IndexOf('|', StringComparison.Ordinal);
        var rows = bar switch
        {
            < 0 => reader.Prepare("SELECT num FROM coding WHERE code = ?1").Bind(1, coding),
            0 => reader.Prepare("SELECT num FROM coding WHERE code = ?1 AND system = 0").Bind(1, coding[1..]),
            _ => reader.Prepare("SELECT num FROM coding WHERE code = ?1 AND system = (SELECT num FROM symbol WHERE value = ?2)")
                .Bind(1, coding[(bar + 1)..]).BindId(2, coding[..bar]),
        };
        while (rows.Step()) yield return rows.Int64(0);
    }

    /// <summary>A text that is compared as it stands, where others may be packed as ids are.</summary>
    private sealed record PlainText(string Value);

    /// <summary>So many places for values, as in a list of IN.</summary>
    internal static string Places(int count) => string.Join(',', Enumerable.Repeat('?', count));
}
