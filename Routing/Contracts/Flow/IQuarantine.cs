using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Flow;

/// <summary>What an operator can do with a deposit that is refused or quarantined.</summary>
public interface IQuarantine
{
    /// <summary>Processes the deposit again from its (repaired) bytes.</summary>
    /// <returns>Rejection ResourceNotFound where there is none, DepositNotWaiting where it is in work or delivered.</returns>
    Task<Result<DepositId>> ReplayAsync(DepositId id, string actor, CancellationToken cancellationToken);

    /// <summary>Keeps corrected bytes for the next replay; the bytes as received stay.</summary>
    Task<Result<DepositId>> RepairAsync(DepositId id, ReadOnlyMemory<byte> bytes, string actor, CancellationToken cancellationToken);
}
