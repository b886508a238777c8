using EHealthPlus.Routing.Contracts.Notices;

namespace EHealthPlus.Adapters.Notices.Channels;

/// <summary>How one try went.</summary>
internal enum Delivery
{
    /// <summary>The other side has taken it.</summary>
    Sent = 1,

    /// <summary>It may work later: the same channel is tried again, with the same key.</summary>
    Failed = 2,

    /// <summary>It will never work over this channel to this address.</summary>
    Refused = 3,
}

/// <summary>A notice as it goes to the citizen.</summary>
/// <param name="Key">The same at every try.</param>
/// <param name="Address">Null for a letter whose address the printing house knows.</param>
internal sealed record NoticeMessage(string Key, string PersonId, string? Address, string Subject, string Text, bool Chinese);

/// <summary>A way to the citizen.</summary>
internal interface IChannel
{
    NoticeChannel Channel { get; }

    Task<Delivery> SendAsync(NoticeMessage message, CancellationToken cancellationToken);
}
