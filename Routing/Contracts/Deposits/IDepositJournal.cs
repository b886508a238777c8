using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Deposits;

/// <summary>States of a deposit. Stored as numbers: only appended.</summary>
public enum DepositState
{
    /// <summary>In the journal; not yet decided.</summary>
    Received = 1,

    /// <summary>A passing fault; the saga tries again when due.</summary>
    AwaitingRetry = 2,

    /// <summary>In the record.</summary>
    Delivered = 3,

    /// <summary>Refused for good; the reason went to the sender.</summary>
    Refused = 4,

    /// <summary>An operator must read, repair or replay it.</summary>
    Quarantined = 5,
}

/// <summary>Bytes as received, and what is known of them at that moment.</summary>
/// <param name="SourceId">Null where the source could not be told.</param>
/// <param name="ControlId">MSH-10; null where it could not be read. Source and control id together are the key of a repeat.</param>
/// <param name="Bytes">Without the MLLP frame.</param>
/// <param name="Rejection">Set where the message is refused at once.</param>
/// <param name="Acknowledgement">The answer to give again to a repeat, where it is known already.</param>
/// <param name="Peer">Address and port of the sender.</param>
public sealed record JournalEntry(
    string? SourceId, string? ControlId, string MessageType, string PatientKey, string? CharacterSet, ReadOnlyMemory<byte> Bytes,
    DateTimeOffset ReceivedAt, string Peer, Rejection? Rejection, ReadOnlyMemory<byte>? Acknowledgement);

public enum JournalVerdict
{
    /// <summary>New, and durable.</summary>
    New,

    /// <summary>The same bytes under the same key: nothing was written.</summary>
    Repeat,

    /// <summary>Other bytes under the same key: nothing was written.</summary>
    KeyReused,
}

/// <param name="DepositId">The new deposit, or the first one of that key.</param>
/// <param name="State">State of that deposit.</param>
/// <param name="Acknowledgement">The first answer, where it has been given.</param>
public sealed record JournalReceipt(JournalVerdict Verdict, DepositId DepositId, DepositState State, ReadOnlyMemory<byte>? Acknowledgement);

/// <summary>A deposit taken up again: after a restart, a retry or a replay.</summary>
public sealed record JournaledDeposit(
    DepositId DepositId, string SourceId, string ControlId, string MessageType, string PatientKey, string? CharacterSet,
    ReadOnlyMemory<byte> Bytes, DateTimeOffset ReceivedAt);

/// <summary>
/// Append-only journal. Bytes are on disk (flushed) before <see cref="AppendAsync"/> completes;
/// calls that wait at the same time share one flush.
/// </summary>
public interface IDepositJournal
{
    /// <returns>
    /// Rejection StorageFull or StoreUnavailable where nothing could be written; that of damaged content where the bytes of the first message of
    /// the key cannot be opened to compare.
    /// </returns>
    Task<Result<JournalReceipt>> AppendAsync(JournalEntry entry, CancellationToken cancellationToken);

    Task<JournaledDeposit?> ReadAsync(DepositId id, CancellationToken cancellationToken);

    /// <summary>Deposits in state Received or AwaitingRetry, oldest first, without their bytes held in memory together.</summary>
    IAsyncEnumerable<UnfinishedDeposit> UnfinishedAsync(CancellationToken cancellationToken);
}

public sealed record UnfinishedDeposit(DepositId DepositId, string SourceId, string PatientKey, DepositState State, DateTimeOffset? DueAt);
