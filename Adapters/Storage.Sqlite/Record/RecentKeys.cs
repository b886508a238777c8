using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>
/// The keys of the resources that came last, in memory. Ids are spread evenly, so each key put into the table by itself changes a page
/// of its own, and 4 KB of log for 26 bytes was most of the cost of a commit. Keys are put into the table in their order, many at a time.
/// After a start they are read again from the resources: nothing is lost with the memory.
/// </summary>
internal sealed class RecentKeys
{
    private readonly Lock gate = new();
    private Dictionary<RecentKey, long> numbers = [];

    public int Count
    {
        get { lock (gate) return numbers.Count; }
    }

    /// <summary>Reads the keys that are not in the table yet.</summary>
    public void Load(sqlite3 connection)
    {
        using var rows = new Statement(connection, """
            SELECT r.num, r.type, r.deposit, r.entry, s.body FROM resource r CROSS JOIN saga s ON s.deposit = r.deposit
            WHERE r.num > (SELECT until FROM key_folding) ORDER BY r.num
            """);
        var (deposit, body) = (0L, default(DepositBody));
        while (rows.Step())
        {
            if (body is null || deposit != rows.Int64(2)) (deposit, body) = (rows.Int64(2), DepositBody.Unpack(rows.Blob(4)));
            if (RecentKey.Of(rows.Int64(1), ResourceName.IdOf(body[rows.Int32(3)].Span)) is { } key) numbers[key] = rows.Int64(0);
        }
    }

    public bool TryGet(RecentKey key, out long number)
    {
        lock (gate) return numbers.TryGetValue(key, out number);
    }

    public void Add(Dictionary<RecentKey, long> committed)
    {
        lock (gate)
            foreach (var (key, number) in committed) numbers[key] = number;
    }

    public KeyValuePair<RecentKey, long>[] InOrder()
    {
        KeyValuePair<RecentKey, long>[] keys;
        lock (gate) keys = [.. numbers];
        Array.Sort(keys, (left, right) => left.Key.CompareTo(right.Key));
        return keys;
    }

    /// <summary>Forgets the keys of resources up to that number: the table has them.</summary>
    public void Forget(long until)
    {
        lock (gate) numbers = numbers.Where(pair => pair.Value > until).ToDictionary();
    }
}
