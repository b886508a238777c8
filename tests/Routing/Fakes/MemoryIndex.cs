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

/// <summary>The person index on a store in memory, without a flow: replays are noted.</summary>
internal sealed class MemoryIndex : IQuarantine
{
    public required IPersonIndex Index { get; init; }

    public required IPersonDesk Desk { get; init; }

    public required MemoryReviews Reviews { get; init; }

    public List<DepositId> Replayed { get; } = [];

    public static MemoryIndex On(MemoryStore store, TimeProvider time)
    {
        var reviews = new MemoryReviews(store);
        MemoryIndex? index = null;
        var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddSingleton(time).AddSingleton<IPersonStore>(store).AddSingleton<IConsentStore>(store).AddSingleton<IIdentityReviews>(reviews).AddSingleton<IPersonLinks>(new MemoryLinks(store))
            .AddSingleton<IQuarantine>(_ => index!)
            .AddPersonIndex().BuildServiceProvider();
        return index = new() { Index = services.GetRequiredService<IPersonIndex>(), Desk = services.GetRequiredService<IPersonDesk>(), Reviews = reviews };
    }

    public Task<Result<DepositId>> ReplayAsync(DepositId id, string actor, CancellationToken cancellationToken)
    {
        Replayed.Add(id);
        return Task.FromResult<Result<DepositId>>(id);
    }

    public Task<Result<DepositId>> RepairAsync(DepositId id, ReadOnlyMemory<byte> bytes, string actor, CancellationToken cancellationToken) => throw new NotSupportedException();
}
