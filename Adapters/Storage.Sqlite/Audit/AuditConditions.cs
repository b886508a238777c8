using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Persons;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Adapters.Storage.Sqlite.Record;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Adapters.Storage.Sqlite.Audit;

/// <summary>The conditions of one search of the trail as SQL over the table audit (a).</summary>
internal sealed class AuditConditions
{
    private readonly List<string> conditions = ["a.num >= ?", "a.num < ?"];
    private readonly List<long> values = [];

    private AuditConditions()
    {
    }

    /// <returns>Null where something is asked for that no entry can have: nothing need be read then.</returns>
    public static AuditConditions? Of(AuditSearch search, Reader reader)
    {
        var made = new AuditConditions();
        if (search.PersonId is { } person && !made.AnyOf("a.person", MergedPersons.Numbers(reader, person))) return null;
        if (search.Actor is { } actor && !made.AnyOf("a.actor", NumbersOf([actor], reader))) return null;
        if (search.Actions is { } actions && !made.AnyOf("a.action", NumbersOf(actions, reader))) return null;
        if (search.ProviderId is { } provider)
        {
            if (NumbersOf([provider], reader) is not [var number]) return null;
            made.Add("a.circumstance IN (SELECT num FROM audit_circumstance WHERE provider = ?)", number);
        }

        if (search.Permitted is { } permitted) made.Add("a.permitted = ?", permitted ? 1 : 0);
        if (search.From is { } from) made.Add("a.at >= ?", Time.Of(from));
        if (search.Until is { } until) made.Add("a.at < ?", Time.Of(until));
        return made;
    }

    /// <param name="end">The number behind the last.</param>
    /// <returns>Newest first.</returns>
    public Statement Bind(Reader reader, long first, long end, int count)
    {
        var statement = reader.Prepare($"{AuditRows.Select} WHERE {string.Join(" AND ", conditions)} ORDER BY a.num DESC LIMIT ?").Bind(1, first).Bind(2, end);
        for (var at = 0; at < values.Count; at++) statement.Bind(at + 3, values[at]);
        return statement.Bind(values.Count + 3, count);
    }

    /// <returns>False for none.</returns>
    private bool AnyOf(string column, List<long> numbers)
    {
        // Of one person the index gives the entries in their order.
        conditions.Add(numbers.Count == 1 ? $"{column} = ?" : $"{column} IN ({SearchConditions.Places(numbers.Count)})");
        values.AddRange(numbers);
        return numbers.Count > 0;
    }

    private void Add(string condition, long value)
    {
        conditions.Add(condition);
        values.Add(value);
    }

    private static List<long> NumbersOf(IReadOnlyList<string> texts, Reader reader)
    {
        var numbers = new List<long>();
        foreach (var text in texts)
        {
            var row = reader.Prepare("SELECT num FROM symbol WHERE value = ?1").BindId(1, text);
            if (row.Step()) numbers.Add(row.Int64(0));
            row.Reset();
        }

        return numbers;
    }
}
