using System.Collections.Frozen;
using System.Globalization;
using EHealthPlus.Monitoring.Watching.Judging;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Watching;

namespace EHealthPlus.Monitoring.Watching.Rules;

/// <summary>Whose conduct a rule is about.</summary>
internal enum Bearers { Everybody, People, Machines }

/// <summary>What is counted up to the threshold.</summary>
internal enum Counted
{
    Entries,

    /// <summary>Each citizen once.</summary>
    Persons,
}

/// <summary>A part of the day in Hong Kong; one that ends before it begins goes over midnight.</summary>
internal readonly record struct PartOfDay(TimeOnly From, TimeOnly Until)
{
    private static readonly TimeSpan HongKong = TimeSpan.FromHours(8);

    public bool Holds(DateTimeOffset at) => TimeOnly.FromDateTime(at.ToOffset(HongKong).DateTime).IsBetween(From, Until);
}

/// <summary>One row of rules.csv: so much of a conduct by one suspect within so long raises a case.</summary>
/// <param name="Roles">Keys of roles; empty for all.</param>
/// <param name="Hours">When it counts; null for always.</param>
/// <param name="Providers">Kinds of the actor's provider; empty for all.</param>
internal sealed record WatchingRule(
    int Number, string Key, Conduct Conduct, FrozenSet<string> Roles, Bearers Who, SuspectKind Suspect, int Count, Counted Of, TimeSpan Within,
    PartOfDay? Hours, FrozenSet<ProviderKind> Providers, Wording Title)
{
    /// <summary>The title with its numbers filled in.</summary>
    public WatchRule Shown => new(Number, Key, new(Filled(Title.English), Filled(Title.Chinese)));

    private string Filled(string title) => title
        .Replace("{count}", Count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{minutes}", Within.TotalMinutes.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
