using System.Collections.Concurrent;
using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Routing.Imaging.Record;

/// <summary>
/// Views that stand in the audit trail already. A viewer fetches a study image by image: that one person looks at one study is one entry for ten
/// minutes, though each image is decided on. In memory: after a start each view is entered again.
/// </summary>
internal sealed class RecordedViews(TimeProvider clock)
{
    private const int Most = 10_000;

    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<View, long> entered = [];

    public bool Has(View view) => entered.TryGetValue(view, out var at) && clock.GetElapsedTime(at) < Lasts;

    public void Enter(View view)
    {
        if (entered.Count >= Most) Forget();
        entered[view] = clock.GetTimestamp();
    }

    /// <summary>It was refused: where it is permitted again, that is entered again.</summary>
    public void End(View view) => entered.TryRemove(view, out _);

    private void Forget()
    {
        foreach (var (view, at) in entered)
            if (clock.GetElapsedTime(at) >= Lasts) End(view);
        if (entered.Count >= Most) entered.Clear();
    }

    /// <param name="Reader">With the address: the same account elsewhere is another view.</param>
    public sealed record View(AccessPrincipal Reader, string PersonId, string Study);
}
