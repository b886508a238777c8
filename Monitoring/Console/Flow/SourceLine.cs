using EHealthPlus.Monitoring.Console.Deposits;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Monitoring.Console.Flow;

/// <summary>How a source does, worst last.</summary>
internal enum SourceHealth { Suspended, Quiet, Flowing, Refusing, Behind, MostlyRefused }

/// <summary>One source on the flow page: what is registered, what flows now, what the day brought.</summary>
internal sealed record SourceLine(string Id, Source? Registered, Provider? Provider, SourceFlow? Flow, SourceCounts? Day)
{
    /// <summary>A backlog that a source works off in this many seconds is no trouble.</summary>
    private const int BehindSeconds = 10;

    public string Address => "/deposits?source=" + (IsUnknown ? DepositSearch.NoSource : Uri.EscapeDataString(Id));

    /// <summary>Messages that no registered source could be found for, together.</summary>
    public bool IsUnknown => Registered is null && Id is "unknown";

    public long Decided => (Flow?.Delivered ?? 0) + (Flow?.Refused ?? 0);

    public SourceHealth Health
    {
        get
        {
            if (Registered is { Active: false }) return SourceHealth.Suspended;
            if (Flow is null || (Flow.Received == 0 && Flow.Backlog == 0 && Decided == 0)) return SourceHealth.Quiet;
            if (Flow.Refused * 2 > Decided) return SourceHealth.MostlyRefused;
            if (Flow.Backlog > Math.Max(50, Flow.DeliveredRate * BehindSeconds)) return SourceHealth.Behind;
            return Flow.Refused * 20 > Decided ? SourceHealth.Refusing : SourceHealth.Flowing;
        }
    }

    public (string Light, Phrase Word) Light => Health switch
    {
        SourceHealth.Suspended => ("off", FlowWords.Suspended),
        SourceHealth.Quiet => ("quiet", FlowWords.Quiet),
        SourceHealth.Flowing => ("good", FlowWords.Flowing),
        SourceHealth.Refusing => ("warn", FlowWords.Refusing),
        SourceHealth.Behind => ("warn", FlowWords.Behind),
        _ => ("bad", FlowWords.MostlyRefused),
    };

    public static IReadOnlyList<SourceLine> All(IRegistry registry, FlowSnapshot flow, DayCounts day)
    {
        var flows = flow.Sources.ToDictionary(source => source.SourceId, StringComparer.Ordinal);
        var days = day.Sources.ToDictionary(source => source.SourceId ?? "unknown", StringComparer.Ordinal);
        var ids = registry.Sources.Select(source => source.Id).Concat(flows.Keys).Concat(days.Keys).Distinct(StringComparer.Ordinal);
        return [.. ids
            .Select(id => new SourceLine(
                id, registry.GetSource(id), registry.GetSource(id) is { } source ? registry.GetProvider(source.ProviderId) : null,
                flows.GetValueOrDefault(id), days.GetValueOrDefault(id)))
            .OrderByDescending(line => line.Health is SourceHealth.MostlyRefused or SourceHealth.Behind ? line.Health : SourceHealth.Suspended)
            .ThenByDescending(line => line.Flow?.Received ?? 0)
            .ThenByDescending(line => line.Day?.Received ?? 0)
            .ThenBy(line => line.Id, StringComparer.Ordinal)];
    }
}
