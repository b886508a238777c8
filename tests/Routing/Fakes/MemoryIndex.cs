using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.PersonIndex;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Tests.Routing.Fakes;

/// <summary>The person index on a store in memory, without a flow: what it is asked to take up again is noted.</summary>
internal sealed class MemoryIndex : IDepositFlow
{
    public required IPersonIndex Index { get; init; }

    public required IPersonDesk Desk { get; init; }

    public required MemoryReviews Reviews { get; init; }

    public List<DepositId> Resumed { get; } = [];

    public static MemoryIndex On(MemoryStore store, TimeProvider time)
    {
        var reviews = new MemoryReviews(store);
        MemoryIndex? index = null;
        var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddSingleton(time).AddSingleton<IPersonStore>(store).AddSingleton<IConsentStore>(store).AddSingleton<IIdentityReviews>(reviews).AddSingleton<IPersonLinks>(new MemoryLinks(store))
            .AddSingleton<IDepositFlow>(_ => index!)
            .AddPersonIndex().BuildServiceProvider();
        return index = new() { Index = services.GetRequiredService<IPersonIndex>(), Desk = services.GetRequiredService<IPersonDesk>(), Reviews = reviews };
    }

    public ValueTask ResumeAsync(UnfinishedDeposit deposit, CancellationToken cancellationToken)
    {
        Resumed.Add(deposit.DepositId);
        return ValueTask.CompletedTask;
    }

    public DepositSagaState? FirstState(DepositId id) => throw new NotSupportedException();

    public void Decided(DepositId id, DepositState state, RejectionCode? rejection, ReadOnlyMemory<byte>? acknowledgement) => throw new NotSupportedException();

    public void Postponed(DepositId id, DateTimeOffset dueAt) => throw new NotSupportedException();

    public void Open(IDepositDispatch dispatch, IReadOnlySet<string> withUnfinished) => throw new NotSupportedException();

    public void Recovered() => throw new NotSupportedException();
}
