using System.Runtime.CompilerServices;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Routing.Fakes;

/// <summary>
/// Between a hub and its store. Pulled, the hub is as good as dead: no call reaches the store, and none that is on its way comes back,
/// whether or not the store had done it. What the store holds is then what a disk would hold after a crash.
/// </summary>
internal sealed class Plug(IDepositJournal journal, IDepositStore store) : IDepositJournal, IDepositStore
{
    private readonly CancellationTokenSource pulled = new();

    public void Pull() => pulled.Cancel();

    public Task<Result<JournalReceipt>> AppendAsync(JournalEntry entry, CancellationToken cancellationToken) =>
        ThroughAsync(() => journal.AppendAsync(entry, cancellationToken));

    public Task<JournaledDeposit?> ReadAsync(DepositId id, CancellationToken cancellationToken) => ThroughAsync(() => journal.ReadAsync(id, cancellationToken));

    public async IAsyncEnumerable<UnfinishedDeposit> UnfinishedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var deposit in journal.UnfinishedAsync(cancellationToken)) yield return await ThroughAsync(() => Task.FromResult(deposit));
    }

    public Task<Result<DepositId>> CommitAsync(DepositCommit commit, CancellationToken cancellationToken) => ThroughAsync(() => store.CommitAsync(commit, cancellationToken));

    public Task<DepositSagaState?> LoadSagaAsync(DepositId id, CancellationToken cancellationToken) => ThroughAsync(() => store.LoadSagaAsync(id, cancellationToken));

    public Task RepairAsync(DepositId id, ReadOnlyMemory<byte> bytes, AuditEntry audit, CancellationToken cancellationToken) =>
        store.RepairAsync(id, bytes, audit, cancellationToken);

    private async Task<T> ThroughAsync<T>(Func<Task<T>> call)
    {
        await StopIfPulledAsync();
        var result = await call();
        await StopIfPulledAsync();
        return result;
    }

    private Task StopIfPulledAsync() => pulled.IsCancellationRequested ? new TaskCompletionSource().Task : Task.CompletedTask;
}
