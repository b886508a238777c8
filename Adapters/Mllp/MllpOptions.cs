namespace EHealthPlus.Adapters.Mllp;

/// <summary>Limits of the MLLP listener. They hold for all its endpoints together where they name a total.</summary>
public sealed record MllpOptions
{
    /// <summary>Messages over this size count as large and share <see cref="LargeMessageBytes"/>. In bytes.</summary>
    internal const int LargeMessage = 64 * 1024;

    /// <summary>Longest message, without its frame. In bytes.</summary>
    public int MaxFrameBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Open connections, TLS handshakes included; one more is closed at once.</summary>
    public int MaxConnections { get; init; } = 4096;

    /// <summary>Messages of one connection whose first answer is not sent yet; further ones wait in the socket.</summary>
    public int MaxInFlight { get; init; } = 64;

    /// <summary>Silence between messages, with no answer due, before the connection is closed.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Time for a frame from its start block to its end block; the bytes that come extend it by <see cref="MinimumFrameRate"/>.</summary>
    public TimeSpan FrameTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Slowest sender of a long frame. In bytes a second: a frame of 10 MB has about eleven minutes.</summary>
    public int MinimumFrameRate { get; init; } = 16 * 1024;

    /// <summary>How long a sender may leave our answers unread before the connection is cut.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>At shutdown: how long answers in flight may still take. Keep it under the host's own limit.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Messages up to 64 KiB in memory, all connections together. In bytes; over it, reading waits.</summary>
    public long SmallMessageBytes { get; init; } = 32L * 1024 * 1024;

    /// <summary>
    /// Longer messages in memory, all connections together. In bytes. A frame past 64 KiB takes <see cref="MaxFrameBytes"/> of it until
    /// its size is known, so frames that grow can never wait for each other.
    /// </summary>
    public long LargeMessageBytes { get; init; } = 64L * 1024 * 1024;

    /// <exception cref="ArgumentException">The limits contradict each other.</exception>
    internal MllpOptions Checked()
    {
        if (MaxFrameBytes < 1 || MaxConnections < 1 || MaxInFlight < 1 || MinimumFrameRate < 1) throw new ArgumentException("MLLP limits must be positive.");
        if (LargeMessageBytes < MaxFrameBytes) throw new ArgumentException("LargeMessageBytes must hold at least one frame of MaxFrameBytes.");
        if (SmallMessageBytes < LargeMessage) throw new ArgumentException("SmallMessageBytes must hold at least one message of 64 KiB.");
        return this;
    }
}
