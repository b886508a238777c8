using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>What a worklist query finds.</summary>
/// <param name="Items">DICOM JSON objects (PS3.18-2024 annex F), UTF-8: of each the attributes that were asked for. By scheduled start.</param>
/// <param name="KeysIgnored">A key was given that is not matched on: what is found may be more than was asked for.</param>
public sealed record WorklistMatches(IReadOnlyList<ReadOnlyMemory<byte>> Items, bool KeysIgnored);

/// <summary>
/// The modality worklist (PS3.4-2024 annex K): examinations that a provider's own orders ask for, and that are neither done nor cancelled. Each query is
/// recorded before anything leaves, and each citizen that a station is told of.
/// </summary>
public interface IWorklist
{
    /// <param name="principal">The station: its provider says whose orders, its location which of those that name no station.</param>
    /// <param name="identifier">DICOM JSON object: the keys.</param>
    /// <returns>QueryIdentifierInvalid; TooManyMatches; StoreUnavailable where the audit trail cannot be written.</returns>
    ValueTask<Result<WorklistMatches>> FindAsync(AccessPrincipal principal, ReadOnlyMemory<byte> identifier, int most, CancellationToken cancellationToken);
}
