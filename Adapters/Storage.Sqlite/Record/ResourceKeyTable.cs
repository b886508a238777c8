using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>Numbers of resources by type and id, for the writer; folds recent keys into the table a part at a time.</summary>
internal sealed class ResourceKeyTable(sqlite3 connection, RecentKeys recent)
{
    // Twice as many took about 9 MB, again as much while some are set aside, and a third of a second to read after a start.
    private const int FoldAt = 80_000;

    // So many at a time add some milliseconds to a transaction, and are twice what comes meanwhile at full load.
    private const int FoldAtOnce = 2_000;

    // What is named again and again: a sending system, a ward, the patients of the day.
    private const int FoundCapacity = 4096;

    private readonly Statement find = new(connection, "SELECT resource FROM resource_key WHERE type = ?1 AND id = ?2");
    private readonly Statement findPart = new(connection, "SELECT 1 FROM resource_key WHERE id > ?1 AND id <= ?2 LIMIT 1");
    private readonly Statement insert = new(connection, "INSERT OR IGNORE INTO resource_key (type, id, resource) VALUES (?1, ?2, ?3)");
    private readonly Statement folded = new(connection, "UPDATE key_folding SET until = ?1");
    private readonly Dictionary<RecentKey, long> uncommitted = [];
    private readonly Dictionary<RecentKey, long> found = [];

    // The table had no part of it when last asked in this transaction; what came since is uncommitted.
    private UInt128? without;

    private RecentKeyMap? aside;
    private Task<int[]>? sorting;
    private int[] folding = [];
    private int done;
    private int doneHere;

    public long? Find(long type, string id)
    {
        if (RecentKey.Of(type, id) is not { } key) return FindInTable(type, id);
        if (uncommitted.TryGetValue(key, out var number) || recent.TryGet(key, out number) || found.TryGetValue(key, out number)) return number;
        if (key.Whole is { } whole && IsWithout(whole, key)) return null;
        if (FindInTable(type, id) is not { } kept) return null;
        if (found.Count >= FoundCapacity) found.Clear();
        return found[key] = kept;
    }

    private long? FindInTable(long type, string id)
    {
        if (!find.Bind(1, type).BindId(2, id).Step()) return null;
        var number = find.Int64(0);
        find.Reset();
        return number;
    }

    // A new order brings a dozen parts: one question tells that none of them is there.
    private bool IsWithout(UInt128 whole, RecentKey part)
    {
        if (whole == without) return true;
        Span<byte> from = stackalloc byte[ShortId.PartLength];
        Span<byte> until = stackalloc byte[ShortId.PartLength];
        part.WriteId(from);
        from[..ShortId.Length].CopyTo(until);
        until[ShortId.Length..].Fill(byte.MaxValue);
        if (findPart.Bind(1, from[..ShortId.Length]).Bind(2, until).Step())
        {
            findPart.Reset();
            return false;
        }

        without = whole;
        return true;
    }

    public void Add(long type, string id, long number)
    {
        if (RecentKey.Of(type, id) is { } key) uncommitted[key] = number;
        else insert.Bind(1, type).Bind(2, id).Bind(3, number).Run();
    }

    /// <summary>Folds a part, within the open transaction, where enough has come together.</summary>
    public void Fold()
    {
        if (folding.Length == 0 && !TryBegin()) return;
        Span<byte> id = stackalloc byte[ShortId.PartLength];
        for (doneHere = done; doneHere < folding.Length && doneHere < done + FoldAtOnce; doneHere++)
        {
            var (key, number) = aside![folding[doneHere]];
            insert.Bind(1, key.Type).Bind(2, key.WriteId(id)).Bind(3, number).Run();
        }

        if (doneHere == folding.Length) folded.Bind(1, folding.Max(index => aside![index].Number)).Run();
    }

    public void Committed()
    {
        recent.Add(uncommitted);
        uncommitted.Clear();
        without = null;
        done = doneHere;
        if (folding.Length == 0 || done < folding.Length) return;
        recent.Forget();
        folding = [];
        done = doneHere = 0;
    }

    public void RolledBack()
    {
        uncommitted.Clear();
        without = null;
        doneHere = done;
    }

    // Sorting takes a tenth of a second: not on the writer's thread.
    private bool TryBegin()
    {
        if (sorting is null)
        {
            aside = recent.SetAside(FoldAt);
            if (aside.Count > 0) sorting = Task.Run(aside.InOrder);
        }

        if (sorting is not { IsCompletedSuccessfully: true }) return false;
        folding = sorting.Result;
        sorting = null;
        return true;
    }
}
