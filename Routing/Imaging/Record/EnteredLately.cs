using System.Collections.Concurrent;

namespace EHealthPlus.Routing.Imaging.Record;

/// <summary>
/// Decisions that stand in the audit trail already: for a time the same one is taken again without another entry. In memory: after a start each is
/// entered again.
/// </summary>
/// <typeparam name="TDecision">What makes two of them the same: equal values.</typeparam>
/// <param name="lasts">How long an entry covers what follows.</param>
/// <param name="most">How many are remembered. Beyond them some are entered again too early.</param>
internal sealed class EnteredLately<TDecision>(TimeProvider clock, TimeSpan lasts, int most)
    where TDecision : notnull
{
    private readonly ConcurrentDictionary<TDecision, long> entered = [];

    public bool Has(TDecision decision) => entered.TryGetValue(decision, out var at) && clock.GetElapsedTime(at) < lasts;

    public void Add(TDecision decision)
    {
        if (entered.Count >= most) Forget();
        entered[decision] = clock.GetTimestamp();
    }

    /// <summary>It was decided otherwise: where it is decided so again, that is entered again.</summary>
    public void End(TDecision decision) => entered.TryRemove(decision, out _);

    private void Forget()
    {
        foreach (var (decision, at) in entered)
            if (clock.GetElapsedTime(at) >= lasts) End(decision);
        if (entered.Count >= most) entered.Clear();
    }
}
