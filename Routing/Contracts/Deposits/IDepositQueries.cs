using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Deposits;

/// <summary>One line of the deposit list. Holds no patient data.</summary>
public sealed record DepositSummary(
    DepositId Id, DateTimeOffset ReceivedAt, string? SourceId, string? ControlId, string MessageType, DepositState State,
    RejectionCode? Rejection, int Size, TimeSpan? Elapsed, LedgerCounts? Ledger, int Repeats);

/// <summary>All that is kept of one deposit. Bytes and acknowledgement hold patient data.</summary>
public sealed record DepositDetail(
    DepositSummary Summary, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte>? RepairedBytes, string? CharacterSet, string Sha256, string Peer,
    string? RejectionText, ReadOnlyMemory<byte>? Acknowledgement, DepositSagaState? Saga, string? PersonId,
    IReadOnlyList<DepositedResource> Resources);

/// <summary>A resource version that a deposit wrote.</summary>
public sealed record DepositedResource(string Type, string Id, int Version);

/// <param name="WithoutSource">Only what no registered source could be found for.</param>
/// <param name="MessageType">Whole (ORU^R01), or its message code alone, with all its events (ORU).</param>
/// <param name="Text">Finds control id, deposit number or message type by prefix.</param>
/// <param name="Before">Cursor: deposits with a smaller number.</param>
public sealed record DepositFilter(
    string? SourceId = null, DepositState? State = null, RejectionCode? Rejection = null, string? MessageType = null, string? Text = null,
    DateTimeOffset? From = null, DateTimeOffset? Until = null, DepositId? Before = null, int Count = 50,
    bool WithoutSource = false);

/// <summary>Counts over a period, by source.</summary>
public sealed record SourceCounts(string? SourceId, long Received, long Delivered, long Refused, long Quarantined, long Unfinished);

/// <summary>Reads deposits for people. Newest first.</summary>
public interface IDepositQueries
{
    Task<IReadOnlyList<DepositSummary>> ListAsync(DepositFilter filter, CancellationToken cancellationToken);

    Task<DepositDetail?> GetAsync(DepositId id, CancellationToken cancellationToken);

    Task<IReadOnlyList<SourceCounts>> CountAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Refusals by code over a period.</summary>
    Task<IReadOnlyDictionary<RejectionCode, long>> CountRefusalsAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);
}
