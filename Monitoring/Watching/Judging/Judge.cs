using EHealthPlus.Monitoring.Watching.Rules;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Watching;

namespace EHealthPlus.Monitoring.Watching.Judging;

/// <summary>
/// Counts conduct by the time of the entries, in the order of their numbers: what it answers depends on the trail alone, not on when it is
/// read. For one thread at a time.
/// </summary>
internal sealed class Judge(IReadOnlyList<WatchingRule> rules, IRegistry registry, IMachineClients machines)
{
    private const string Nobody = "none";

    /// <summary>More suspects than a country has professionals: then the counts are too many to be kept, and those of one entry go.</summary>
    private const int MostTallies = 100_000;

    /// <summary>What is over is swept out where the numbers pass a multiple of this: at the same places however often the hub is started.</summary>
    private const int SweepEach = 1000;

    private readonly Dictionary<(int Rule, string Suspect), Tally> tallies = [];
    private (long Number, DateTimeOffset At) last;

    /// <summary>Number of the oldest entry that is still counted on; null where there is none.</summary>
    public long? Oldest => tallies.Count == 0 ? null : tallies.Values.Min(tally => tally.Oldest);

    /// <param name="spent">True where the entry was evidence against this suspect under this rule before, or came before such: it does not count again.</param>
    public IEnumerable<Suspicion> Weigh(AuditRecord record, Func<(int Rule, string Suspect), bool>? spent = null)
    {
        if (record.Number / SweepEach != last.Number / SweepEach) Sweep();
        last = (record.Number, record.Entry.At);
        foreach (var rule in rules)
        {
            if (!ConductReading.Shows(record.Entry, rule.Conduct) || !IsAbout(rule, record.Entry) || SuspectOf(rule, record.Entry) is not { } suspect) continue;
            var key = (rule.Number, suspect);
            if (spent?.Invoke(key) == true) continue;
            if (!tallies.TryGetValue(key, out var tally)) tallies[key] = tally = new();
            tally.Add(record, rule.Within, rule.Of == Counted.Persons);
            if (tally.Count < rule.Count) continue;
            tallies.Remove(key);
            yield return new(rule.Number, rule.Suspect, suspect, tally.ProviderId, tally.Numbers, tally.From, tally.Until);
        }

        if (tallies.Count > MostTallies) Shrink();
    }

    private bool IsAbout(WatchingRule rule, AuditEntry entry)
    {
        if (rule.Of == Counted.Persons && entry.PersonId is null) return false;
        if (rule.Roles.Count > 0 && !rule.Roles.Contains(entry.Role)) return false;
        if (rule.Hours is { } hours && !hours.Holds(entry.At)) return false;
        if (rule.Who != Bearers.Everybody && machines.Get(entry.Actor) is null == (rule.Who == Bearers.Machines)) return false;
        return rule.Providers.Count == 0
            || (entry.ProviderId is { } id && registry.GetProvider(id) is { } provider && rule.Providers.Contains(provider.Kind));
    }

    private static string? SuspectOf(WatchingRule rule, AuditEntry entry) =>
        rule.Suspect == SuspectKind.Address ? entry.Origin?.Address : entry.Role == Nobody ? null : entry.Actor;

    private void Sweep()
    {
        var within = rules.ToDictionary(rule => rule.Number, rule => rule.Within);
        foreach (var (key, tally) in tallies.ToList())
        {
            tally.Forget(last.At, within[key.Rule]);
            if (tally.Count == 0) tallies.Remove(key);
        }
    }

    private void Shrink()
    {
        Sweep();
        if (tallies.Count <= MostTallies) return;
        foreach (var (key, _) in tallies.Where(each => each.Value.Count == 1).ToList()) tallies.Remove(key);
    }
}
