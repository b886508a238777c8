namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>What one side of an association takes of the other.</summary>
public sealed record LinkLimits
{
    /// <summary>Longest P-DATA-TF that is taken, without its first six bytes; offered as maximum length. In bytes.</summary>
    public uint MaxPduLength { get; init; } = 256 * 1024;

    /// <summary>
    /// Longest PDU of another type, which is held whole before anybody is known: 128 presentation contexts, the most there can be, with 35 transfer
    /// syntaxes each. In bytes.
    /// </summary>
    public uint MaxAssociatePduLength { get; init; } = 128 * 1024;

    /// <summary>Longest command set. In bytes.</summary>
    public int MaxCommandLength { get; init; } = 64 * 1024;

    /// <summary>Longest data set that is no SOP instance: an identifier, a report of an event. In bytes.</summary>
    public int MaxIdentifierLength { get; init; } = 4 * 1024 * 1024;

    /// <summary>ARTIM (PS3.8-2024 9.1.5): for the request to begin, for the answer to a release, and for the other side to close.</summary>
    public TimeSpan AssociationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence between messages, with no operation in work, before the association is given up.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Silence in the middle of a message, or of a PDU; a PDU has the time of its bytes at <see cref="MinimumRate"/> besides.</summary>
    public TimeSpan PduTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Slowest sender of a PDU. In bytes a second.</summary>
    public int MinimumRate { get; init; } = 4 * 1024;

    /// <summary>How long the other side may leave our bytes unread.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the answer to a request of ours may take.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
