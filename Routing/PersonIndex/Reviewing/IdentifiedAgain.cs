using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.PersonIndex.Reviewing;

/// <summary>
/// Brings deposits that are unfinished again into the flow, beside what the caller does: the flow takes them as it has room. What a crash
/// leaves is taken up with all unfinished work at the next start.
/// </summary>
internal sealed partial class IdentifiedAgain(Lazy<IDepositFlow> flow, Lazy<IQuarantine> quarantine, ILogger<IdentifiedAgain> log)
{
    public void Start(IReadOnlyList<UnfinishedDeposit> deposits) =>
        Run(deposits, async deposit => await flow.Value.ResumeAsync(deposit, CancellationToken.None).ConfigureAwait(false));

    /// <summary>Those that a review held up. One that a crash leaves here waits for an operator's replay.</summary>
    /// <param name="actor">Who answered the review.</param>
    public void Replay(IReadOnlyList<DepositId> deposits, string actor) => Run(deposits, deposit => quarantine.Value.ReplayAsync(deposit, actor, CancellationToken.None));

    private void Run<T>(IReadOnlyList<T> deposits, Func<T, Task> take)
    {
        if (deposits.Count > 0) _ = Task.Run(() => RunAsync(deposits, take), CancellationToken.None);
    }

    private async Task RunAsync<T>(IReadOnlyList<T> deposits, Func<T, Task> take)
    {
        try
        {
            foreach (var deposit in deposits) await take(deposit).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            LogLeft(deposits.Count, fault.GetType().Name);
        }
    }

    [LoggerMessage(2101, LogLevel.Warning, "{Count} deposits were to be identified again and were not all taken up ({Fault}): the next start takes them")]
    private partial void LogLeft(int count, string fault);
}
