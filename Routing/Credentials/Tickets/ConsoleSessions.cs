using System.Collections.Concurrent;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Credentials.People;

namespace EHealthPlus.Routing.Credentials.Tickets;

/// <summary>
/// Keeps when each session was last used, in memory, by a clock that nobody sets: the time of day may jump. What was used before the hub
/// started is not known: its first page begins anew, as long as the ticket itself is good (8 hours).
/// </summary>
internal sealed class ConsoleSessions(TimeProvider time) : IConsoleSessions
{
    /// <summary>An idle session is remembered as over until its ticket has ended by itself.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(9);

    /// <summary>From so many on, those that are over for good are looked for.</summary>
    private const int Many = 10_000;

    private readonly ConcurrentDictionary<string, long> lastUse = new(StringComparer.Ordinal);

    public void Used(string token)
    {
        if (lastUse.Count >= Many) Forget();
        lastUse[Secrets.HashOf(token)] = time.GetTimestamp();
    }

    public bool GoesOn(string token) => !lastUse.TryGetValue(Secrets.HashOf(token), out var last) || time.GetElapsedTime(last) < ConsoleCookie.Idle;

    private void Forget()
    {
        foreach (var (key, last) in lastUse)
            if (time.GetElapsedTime(last) > Remembered) lastUse.TryRemove(key, out _);
    }
}
