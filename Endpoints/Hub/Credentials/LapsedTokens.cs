using System.Collections.Concurrent;

namespace EHealthPlus.Endpoints.Hub.Credentials;

/// <summary>
/// Which tokens that no longer count came in the last minute: each leaves one entry in the audit trail in that time, however often it comes.
/// Otherwise who has left could fill the trail, and take the store's commits from those who work.
/// </summary>
internal sealed class LapsedTokens(TimeProvider time)
{
    public static readonly TimeSpan Once = TimeSpan.FromMinutes(1);

    /// <summary>From so many on, those whose minute is over are looked for.</summary>
    private const int Many = 10_000;

    private readonly ConcurrentDictionary<string, long> recorded = new(StringComparer.Ordinal);

    /// <returns>False where an entry of this token was asked for within the minute.</returns>
    public bool IsDue(string token)
    {
        if (recorded.Count >= Many) Forget();
        var (key, now) = (CredentialBook.HashOf(token), time.GetTimestamp());
        if (recorded.TryAdd(key, now)) return true;
        return recorded.TryGetValue(key, out var last) && time.GetElapsedTime(last, now) >= Once && recorded.TryUpdate(key, now, last);
    }

    private void Forget()
    {
        foreach (var (key, last) in recorded)
            if (time.GetElapsedTime(last) >= Once) recorded.TryRemove(key, out _);
    }
}
