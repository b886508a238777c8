using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Routing.Contracts.Watching;

/// <summary>A rule as people see it.</summary>
/// <param name="Number">Stands in cases: never used again for another rule.</param>
/// <param name="Key">Lower case with hyphens, such as reads-of-many.</param>
/// <param name="Title">Which conduct it tells of, with its thresholds.</param>
public sealed record WatchRule(int Number, string Key, Wording Title);

/// <summary>The rules in force.</summary>
public interface IWatchRules
{
    /// <summary>By number.</summary>
    IReadOnlyList<WatchRule> All { get; }

    /// <returns>Null where the rule is no longer in force.</returns>
    WatchRule? Find(int number);
}
