using EHealthPlus.Monitoring.Watching.Judging;
using EHealthPlus.Monitoring.Watching.Rules;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Watching;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Monitoring.Watching;

/// <summary>
/// Follows the audit trail and keeps the cases that it gives. Cases are kept in one commit with how far the trail is judged: killed at any
/// moment, it counts again what led to no case, and nothing that led to one.
/// </summary>
internal sealed class Watching(
    IAuditReader trail, ICaseStore cases, RulesInForce rules, IRegistry registry, IMachineClients machines, TimeProvider clock, ILogger<Watching> logger)
    : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int AtOnce = 500;

    /// <summary>So many entries are judged again at most after a restart, beside those that a window still holds.</summary>
    private const int KeepEach = 10_000;

    private Judge? judge;
    private long judged;
    private long kept;
    private long shownOpen;

    /// <summary>One round over what is new in the trail.</summary>
    internal async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            judge ??= await RememberAsync(cancellationToken);
            for (var full = true; full;)
            {
                // Deposits are not read: the head says how far they go.
                var head = (await trail.HeadAsync(cancellationToken)).Number;
                var records = await trail.AfterAsync(judged, ConductReading.LeftOut, AtOnce, cancellationToken);
                full = records.Count == AtOnce;
                var suspicions = records.SelectMany(record => judge.Weigh(record)).ToList();
                judged = full ? records[^1].Number : Math.Max(Math.Max(head, judged), records.Count == 0 ? 0 : records[^1].Number);
                if (suspicions.Count > 0 || judged - kept >= KeepEach) await KeepAsync(judge, suspicions, cancellationToken);
            }

            await ShowOpenAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            judge = null;
            WatchingLog.NotKept(logger, LoggedFault.Of(fault));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do await FollowAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was not judged is judged after the next start.
        }
    }

    /// <summary>Counts again what the windows held when the position was kept. What was evidence, or stood before it, counts no more.</summary>
    private async Task<Judge> RememberAsync(CancellationToken cancellationToken)
    {
        var position = await cases.PositionAsync(cancellationToken);
        var spent = await cases.LastEvidenceAsync(position.Remembered, cancellationToken);
        var remembering = new Judge(rules.Rules, registry, machines);
        for (var at = position.Remembered - 1; at < position.Judged;)
        {
            var records = await trail.AfterAsync(at, ConductReading.LeftOut, AtOnce, cancellationToken);
            foreach (var record in records.TakeWhile(record => record.Number <= position.Judged))
            {
                foreach (var _ in remembering.Weigh(record, key => spent.TryGetValue(key, out var last) && record.Number <= last))
                {
                    // It led to a case before, under rules that have changed since.
                }
            }

            at = records.Count < AtOnce ? position.Judged : records[^1].Number;
        }

        judged = kept = position.Judged;
        return remembering;
    }

    private async Task KeepAsync(Judge current, List<Suspicion> suspicions, CancellationToken cancellationToken)
    {
        await cases.KeepAsync(new(judged, current.Oldest ?? judged + 1), suspicions, cancellationToken);
        kept = judged;
        foreach (var (rule, times) in suspicions.CountBy(suspicion => suspicion.Rule)) WatchingLog.Broken(logger, rule, rules.Find(rule)?.Key, times);
    }

    private async Task ShowOpenAsync(CancellationToken cancellationToken)
    {
        var open = await cases.CountAsync(CaseState.Open, cancellationToken) + await cases.CountAsync(CaseState.Assigned, cancellationToken);
        FlowMeter.CasesOpen.Add(open - shownOpen);
        shownOpen = open;
    }
}
