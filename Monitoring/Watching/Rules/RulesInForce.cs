using EHealthPlus.Routing.Contracts.Watching;

namespace EHealthPlus.Monitoring.Watching.Rules;

/// <inheritdoc/>
internal sealed class RulesInForce(IReadOnlyList<WatchingRule> rules) : IWatchRules
{
    public IReadOnlyList<WatchingRule> Rules => rules;

    public IReadOnlyList<WatchRule> All { get; } = [.. rules.OrderBy(rule => rule.Number).Select(rule => rule.Shown)];

    public WatchRule? Find(int number) => All.FirstOrDefault(rule => rule.Number == number);
}
