using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Keys;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>Keys that are only told of.</summary>
public sealed class FakeKeys : IStoreKeys
{
    public List<(RotationScope Scope, string? ProviderId, AuditEntry Audit)> Rotated { get; } = [];

    public Rejection? Refusal { get; set; }

    public StoreKeysOverview Overview { get; set; } = new(
        [new("00112233445566aa", DateTimeOffset.UnixEpoch, null), new("ffeeddccbbaa9988", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1))],
        [new(12, "syn", 3, DataKeyState.InUse, DateTimeOffset.UnixEpoch), new(11, "", 1, DataKeyState.Retired, DateTimeOffset.UnixEpoch)],
        4, new(DateTimeOffset.UnixEpoch, null, false, 250, 1000, 0), 0);

    public Task<StoreKeysOverview> GetAsync(CancellationToken cancellationToken) => Task.FromResult(Overview);

    public Task<Result<StoreKeysOverview>> RotateAsync(RotationScope scope, string? providerId, AuditEntry audit, CancellationToken cancellationToken)
    {
        if (Refusal is { } refusal) return Task.FromResult<Result<StoreKeysOverview>>(refusal);
        Rotated.Add((scope, providerId, audit));
        return Task.FromResult<Result<StoreKeysOverview>>(Overview);
    }
}
