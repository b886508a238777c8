using EHealthPlus.Routing.Contracts.Credentials;

namespace EHealthPlus.Routing.Credentials.People;

/// <summary>An account waits after failures, each time twice as long: guessing a code of six digits would take years.</summary>
internal static class Lockout
{
    private const int Free = 4;

    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static bool Holds(PersonAccount account, DateTimeOffset now) => account.LockedUntil > now;

    /// <summary>The account after one more failure.</summary>
    public static PersonAccount After(PersonAccount account, DateTimeOffset now)
    {
        var failures = account.Failures + 1;
        if (failures <= Free) return account with { Failures = failures };
        var wait = First * Math.Pow(2, Math.Min(failures - Free - 1, 10));
        return account with { Failures = failures, LockedUntil = now + (wait < Longest ? wait : Longest) };
    }
}
