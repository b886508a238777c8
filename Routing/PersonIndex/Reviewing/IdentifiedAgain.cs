using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.PersonIndex.Reviewing;

/// <summary>
/// Brings deposits that are unfinished again into the flow, beside what the caller does: the flow takes them as it has room. What a crash
/// leaves is taken up with all unfinished work at the next start.
/// </summary>
internal sealed partial class IdentifiedAgain(Lazy<IDepositFlow> flow, ILogger<IdentifiedAgain> log)
{
    public void Start(IReadOnlyList<UnfinishedDeposit> deposits)
    {
        if (deposits.Count > 0) _ = Task.Run(() => RunAsync(deposits), CancellationToken.None);
    }

    private async Task RunAsync(IReadOnlyList<UnfinishedDeposit> deposits)
    {
        try
        {
            foreach (var deposit in deposits) await flow.Value.ResumeAsync(deposit, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            LogLeft(deposits.Count, fault.GetType().Name);
        }
    }

    [LoggerMessage(2101, LogLevel.Warning, "{Count} deposits were to be identified again and were not all taken up ({Fault}): the next start takes them")]
    private partial void LogLeft(int count, string fault);
}
