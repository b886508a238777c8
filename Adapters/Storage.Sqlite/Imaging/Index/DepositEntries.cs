using EHealthPlus.Adapters.Storage.Sqlite.Audit;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;

/// <summary>
/// The audit entries under which instances come: one for a study and an origin, and a new one when ten minutes are past. Each instance points to its
/// entry and has a time of its own, so that who deposited what and when is answered for every one, without a line of the trail for each of thousands.
/// For the writer's thread only.
/// </summary>
internal sealed class DepositEntries(AuditTable audit)
{
    private const long Lifetime = 10 * 60_000;

    // Some studies from each of a thousand senders; emptied when full, which only writes an entry more.
    private const int Capacity = 16_384;

    private readonly Dictionary<(long Study, string Actor, AuditOrigin? Origin), (long Number, long At)> entries = [];
    private bool added;

    /// <returns>Number of the entry.</returns>
    public long Of(long study, AuditEntry entry)
    {
        var key = (study, entry.Actor, entry.Origin);
        var at = Time.Of(entry.At);
        if (entries.TryGetValue(key, out var known) && at - known.At < Lifetime) return known.Number;
        if (entries.Count >= Capacity) entries.Clear();
        var number = audit.Append(entry);
        entries[key] = (number, at);
        added = true;
        return number;
    }

    public void Committed() => added = false;

    /// <summary>Entries of the transaction were taken back: those before are forgotten with them, which only writes one more.</summary>
    public void RolledBack()
    {
        if (added) entries.Clear();
        added = false;
    }
}
