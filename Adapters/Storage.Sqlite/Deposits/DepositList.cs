using System.Globalization;
using Dapper;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Routing.Contracts.Deposits;

namespace EHealthPlus.Adapters.Storage.Sqlite.Deposits;

/// <summary>
/// Finds deposits for the list. Each condition is given to the index that can answer it newest first, so that a page
/// costs about a page of rows however long the journal is.
/// </summary>
internal static class DepositList
{
    // Numbers are given at the commit, a moment after the time of receipt is taken: so many can be out of order.
    private const int OutOfOrder = 20_000;

    // A control id prefix with more hits than this is found by reading the journal from its end.
    private const int FewHits = 500;

    public static IReadOnlyList<DepositSummary> Read(Reader reader, DepositFilter filter)
    {
        var (tables, order, conditions, values) = Conditions(reader, filter);
        IEnumerable<DepositRow> Rows(string condition, int count) => reader.Connection.Query<DepositRow>(
            $"SELECT {DepositRow.Columns} FROM {tables} WHERE {string.Join(" AND ", [.. conditions, condition])} ORDER BY {order} DESC LIMIT {count.ToString(CultureInfo.InvariantCulture)}",
            values);

        var types = filter.MessageType is { } type ? MessageTypes(reader, type) : null;
        var alternatives = types?.Select(number => string.Create(CultureInfo.InvariantCulture, $"d.message_type = {number}")).ToList() ?? ["1"];
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            values.Add("Text", filter.Text.Trim());
            if (types is not null) conditions.Add($"+d.message_type IN ({string.Join(',', types)})");
            alternatives = TextConditions(reader, filter.Text.Trim());
        }

        return [.. alternatives
            .SelectMany(condition => Rows(condition, filter.Count))
            .DistinctBy(row => row.Id).OrderByDescending(row => row.Id).Take(filter.Count).Select(row => row.Summary())];
    }

    private static (string Tables, string Order, List<string> Conditions, DynamicParameters Values) Conditions(Reader reader, DepositFilter filter)
    {
        var (tables, order) = ("deposit d LEFT JOIN saga s ON s.deposit = d.id", "d.id");
        var conditions = new List<string>();
        var values = new DynamicParameters();
        void Add(string condition, string name, object value)
        {
            conditions.Add(condition);
            values.Add(name, value);
        }

        if (filter.State is DepositState.Received or DepositState.AwaitingRetry)
        {
            (tables, order) = ("unfinished u CROSS JOIN deposit d ON d.id = u.deposit LEFT JOIN saga s ON s.deposit = d.id", "u.deposit");
            Add("u.state = @State", "State", (int)filter.State);
        }
        else if (filter.State is { } state)
        {
            // The second condition lets the engine use the index, which leaves the delivered ones out.
            if (state != DepositState.Delivered)
            {
                (tables, order) = ("saga s CROSS JOIN deposit d ON d.id = s.deposit", "s.deposit");
                conditions.Add("s.state <> 3");
            }

            Add("s.state = @State", "State", (int)state);
        }

        if (filter.Rejection is { } code)
        {
            if (filter.State is null) (tables, order) = ("saga s CROSS JOIN deposit d ON d.id = s.deposit", "s.deposit");
            Add("s.rejection = @Rejection", "Rejection", (int)code);
        }

        if (filter.SourceId is { } source) Add("d.source = (SELECT num FROM symbol WHERE value = @Source)", "Source", source);
        if (filter.WithoutSource) conditions.Add("d.source IS NULL");
        if (filter.Before is { } before) Add("d.id < @Before", "Before", before.Value);
        if (filter.From is { } from)
        {
            Add("d.received_at >= @From", "From", Time.Of(from));
            Add("d.id >= @First", "First", (FirstSince(reader, Time.Of(from)) ?? long.MaxValue) - OutOfOrder);
        }

        if (filter.Until is { } until)
        {
            Add("d.received_at < @Until", "Until", Time.Of(until));
            if (FirstSince(reader, Time.Of(until)) is { } after) Add("d.id < @After", "After", after + OutOfOrder);
        }

        return (tables, order, conditions, values);
    }

    private static long? FirstSince(Reader reader, long milliseconds)
    {
        var first = reader.Prepare("SELECT id FROM deposit WHERE received_at >= ?1 ORDER BY received_at, id LIMIT 1").Bind(1, milliseconds);
        return first.Step() ? first.Int64(0) : null;
    }

    private static List<long> MessageTypes(Reader reader, string type) => reader.Connection.Query<long>(
        // A code alone stands for the type without an event, and for all that begin with it and the separator.
        type.Contains('^', StringComparison.Ordinal)
            ? "SELECT num FROM symbol WHERE value = @Type"
            : "SELECT num FROM symbol WHERE value = @Type OR (value >= @Type || '^' AND value < @Type || '^' || char(1114111))",
        new { Type = type }).AsList();

    // One condition a way of reading the text; each alone is answered by an index.
    private static List<string> TextConditions(Reader reader, string text)
    {
        const string ByControlId = "d.control_id >= @Text AND d.control_id < @Text || char(1114111)";
        const string KeyOfAny = $"d.keyed = 1 AND d.source IN (SELECT num FROM symbol WHERE value IN (SELECT id FROM source)) AND {ByControlId}";
        var conditions = new List<string> { $"d.keyed = 0 AND d.control_id IS NOT NULL AND {ByControlId}" };
        var hits = reader.Connection.Query<long>($"SELECT d.id FROM deposit d WHERE {KeyOfAny} LIMIT {FewHits + 1}", new { Text = text }).AsList();
        conditions.Add(hits.Count > FewHits ? $"+d.keyed = 1 AND substr(d.control_id, 1, length(@Text)) = @Text" : $"d.id IN ({string.Join(',', hits)})");

        var types = reader.Connection.Query<long>(
            "SELECT num FROM symbol WHERE value >= @Text AND value < @Text || char(1114111) LIMIT 100", new { Text = text.ToUpperInvariant() });
        conditions.AddRange(types.Select(type => string.Create(CultureInfo.InvariantCulture, $"d.message_type = {type}")));

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0) return conditions;
        var last = reader.Connection.ExecuteScalar<long?>("SELECT max(id) FROM deposit") ?? 0;
        for (long from = number, width = 1; from <= last; from *= 10, width *= 10)
            conditions.Add(string.Create(CultureInfo.InvariantCulture, $"d.id >= {from} AND d.id < {from + width}"));
        return conditions;
    }
}
