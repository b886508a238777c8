using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Deposits;

/// <summary>A deposit with its decision as Dapper reads it; the last eight only for the detail of one.</summary>
internal sealed class DepositRow
{
    /// <summary>Columns of a summary, over deposit d and saga s.</summary>
    public const string Columns = """
        d.id AS Id, d.received_at AS ReceivedAt, (SELECT value FROM symbol WHERE num = d.source) AS SourceId, d.control_id AS ControlId,
          (SELECT value FROM symbol WHERE num = d.message_type) AS MessageType, coalesce(s.state, 1) AS State, s.rejection AS Rejection, d.size AS Size,
          s.timeline AS Steps, s.mapped AS Mapped, s.carried AS Carried, s.dropped AS Dropped,
          coalesce((SELECT count FROM repeat WHERE deposit = d.id), 0) AS Repeats
        """;

    public const string Detail = $"""
        SELECT {Columns}, d.bytes AS Bytes, (SELECT bytes FROM repair WHERE deposit = d.id) AS Repaired,
          (SELECT value FROM symbol WHERE num = d.character_set) AS CharacterSet, d.peer AS Peer, s.rejection_text AS RejectionText,
          s.acknowledgement AS Decided, d.acknowledgement AS Acknowledgement,
          (SELECT CASE typeof(value) WHEN 'blob' THEN lower(hex(value)) ELSE value END FROM symbol WHERE num = s.person) AS PersonId, s.body AS Body
        FROM deposit d LEFT JOIN saga s ON s.deposit = d.id WHERE d.id = @Id
        """;

    public long Id { get; set; }

    public long ReceivedAt { get; set; }

    public string? SourceId { get; set; }

    public string? ControlId { get; set; }

    public string MessageType { get; set; } = "";

    public long State { get; set; }

    public long? Rejection { get; set; }

    public long Size { get; set; }

    public byte[]? Steps { get; set; }

    public long? Mapped { get; set; }

    public long? Carried { get; set; }

    public long? Dropped { get; set; }

    public long Repeats { get; set; }

    public byte[] Bytes { get; set; } = [];

    public byte[]? Repaired { get; set; }

    public string? CharacterSet { get; set; }

    public string Peer { get; set; } = "";

    public string? RejectionText { get; set; }

    public byte[]? Decided { get; set; }

    public byte[]? Acknowledgement { get; set; }

    public string? PersonId { get; set; }

    public byte[]? Body { get; set; }

    public DepositSummary Summary()
    {
        var receivedAt = Time.At(ReceivedAt);
        var state = (DepositState)State;
        var decided = state is DepositState.Received or DepositState.AwaitingRetry || Steps is null ? null : Timeline.Read(Steps, ReceivedAt).LastOrDefault();
        return new(
            new(Id), receivedAt, SourceId, ControlId, MessageType, state, (RejectionCode?)Rejection, (int)Size, decided?.At - receivedAt,
            Mapped is { } mapped ? new((int)mapped, (int)(Carried ?? 0), (int)(Dropped ?? 0)) : null, (int)Repeats);
    }
}
