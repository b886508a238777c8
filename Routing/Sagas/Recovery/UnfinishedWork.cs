using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.Sagas.Recovery;

/// <summary>Opens the flow at start, and takes up again what a former run left. It is streamed: only what fits in the flow is in memory.</summary>
internal sealed partial class UnfinishedWork(
    IDepositJournal journal, IDepositFlow flow, IDepositDispatch dispatch, TimeProvider time, ILogger<UnfinishedWork> log) : BackgroundService
{
    private static readonly TimeSpan StoreDelay = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ResumeAllAsync(stoppingToken).ConfigureAwait(false);
                return;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogStoreAway(fault.GetType().Name);
                await Task.Delay(StoreDelay, time, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ResumeAllAsync(CancellationToken cancellationToken)
    {
        // First only whose they are: sources without unfinished work need not wait for the others' to be read. And up to which number:
        // the flow lets nothing new into the journal before it is open, so what has a higher number was sent to this run.
        HashSet<string> sources = new(StringComparer.Ordinal);
        var (last, unfinished) = (default(DepositId), 0);
        await foreach (var deposit in journal.UnfinishedAsync(cancellationToken).ConfigureAwait(false))
        {
            sources.Add(deposit.SourceId);
            last = deposit.DepositId;
            unfinished++;
        }

        flow.Open(dispatch, sources);
        // It may take minutes, and whoever watches sees a hub that is ready and a sender that waits.
        if (unfinished > 0) LogBegun(unfinished, sources.Count);
        var count = 0;
        if (sources.Count > 0)
        {
            await foreach (var deposit in journal.UnfinishedAsync(cancellationToken).ConfigureAwait(false))
            {
                if (deposit.DepositId.Value > last.Value) break;
                await flow.ResumeAsync(deposit, cancellationToken).ConfigureAwait(false);
                count++;
            }
        }

        flow.Recovered();
        LogRecovered(count, sources.Count);
    }

    [LoggerMessage(3321, LogLevel.Information, "The flow is open; {Count} unfinished deposits of {Sources} sources were taken up again")]
    private partial void LogRecovered(int count, int sources);

    [LoggerMessage(3323, LogLevel.Information, "{Count} unfinished deposits of {Sources} sources are taken up again; what these sources send now waits behind them")]
    private partial void LogBegun(int count, int sources);

    [LoggerMessage(3322, LogLevel.Error, "Unfinished deposits cannot be read ({Fault}); tried again")]
    private partial void LogStoreAway(string fault);
}
