using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Routing.Contracts.Rejections;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>
/// The keys of the resources that came last, in memory. Ids are spread evenly, so each key put into the table by itself changes a page
/// of its own, and 4 KB of log for 26 bytes was most of the cost of a commit. Keys are put into the table in their order, many at a time.
/// After a start they are read again from the resources: nothing is lost with the memory.
/// </summary>
internal sealed class RecentKeys(KeyRing ring)
{
    private readonly Lock gate = new();
    private RecentKeyMap coming = new();
    private RecentKeyMap aside = new();

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
            if (deposit != rows.Int64(2)) (deposit, body) = (rows.Int64(2), Body(connection, rows.Int64(2), rows.Blob(4)));
            if (body is not null && RecentKey.Of(rows.Int64(1), ResourceName.IdOf(body[rows.Int32(3)].Span)) is { } key) coming.Set(key, rows.Int64(0));
        }
    }

    // Resources of a deposit that cannot be opened cannot be read either: the store opens without their keys.
    private DepositBody? Body(sqlite3 connection, long deposit, ReadOnlySpan<byte> stored)
    {
        try
        {
            return DepositBody.Read(ring.Open(connection, new(SealedColumn.SagaBody, deposit), stored));
        }
        catch (RejectedException)
        {
            return null;
        }
    }

    public bool TryGet(RecentKey key, out long number)
    {
        lock (gate) return coming.TryGet(key, out number) || aside.TryGet(key, out number);
    }

    public void Add(Dictionary<RecentKey, long> committed)
    {
        lock (gate)
            foreach (var (key, number) in committed) coming.Set(key, number);
    }

    /// <summary>Sets the keys aside, to be put into the table, where there are so many. They are found as before, and change no more.</summary>
    /// <returns>Empty where there are fewer.</returns>
    public RecentKeyMap SetAside(int count)
    {
        lock (gate)
        {
            if (coming.Count >= count) (aside, coming) = (coming, aside);
            return aside;
        }
    }

    /// <summary>Forgets the keys set aside: the table has them.</summary>
    public void Forget()
    {
        lock (gate) aside.Clear();
    }
}
