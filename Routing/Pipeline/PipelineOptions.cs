namespace EHealthPlus.Routing.Pipeline;

/// <summary>Limits of the flow. Every queue has an end.</summary>
public sealed record PipelineOptions
{
    /// <summary>
    /// Deposits in work at the same time, over all sources, while nobody waits for a commit: two transactions of the store and half a third,
    /// so that there is work while one is flushed.
    /// </summary>
    public int InFlightLimit { get; init; } = 160;

    /// <summary>Deposits of one source that wait or are in work; past it the sender waits.</summary>
    public int BacklogLimit { get; init; } = 55_000;

    /// <summary>
    /// Deposits in work at the same time while senders wait for their commit acknowledgements: the record gives way to the journal.
    /// </summary>
    public int InFlightLimitYielding { get; init; } = 6;

    /// <summary>How long after such a sender was answered the record still gives way: the next message is likely to follow.</summary>
    public TimeSpan YieldingTime { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Backlog over all sources from which on the record no longer gives way, but goes on beside the senders.</summary>
    public int YieldingBacklogLimit { get; init; } = 46_000;

    /// <summary>
    /// Deposits in work at the same time beside such senders, once the backlog is so long: more than one transaction of the store takes, and few
    /// enough that no commit acknowledgement waits behind hundreds of them for a processor.
    /// </summary>
    public int InFlightLimitBesideSenders { get; init; } = 96;

    /// <summary>How long a sender waits for a place in the backlog before its message is refused unjournaled (601).</summary>
    public TimeSpan BacklogWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an application answer is waited for before the sender is told 604: the message is kept and will be finished.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of waiting deposits kept in memory, over all sources; what does not fit is read from the journal again.</summary>
    public long CachedBytesLimit { get; init; } = 1024 * 1024;

    /// <summary>A larger message is never kept in memory while it waits.</summary>
    public int CachedMessageLimit { get; init; } = 256 * 1024;

    /// <summary>Unfinished deposits of a former run that are in memory at the same time.</summary>
    public int ResumedLimit { get; init; } = 2_000;

    /// <summary>A deposit in work that gives no sign for so long is dispatched again: its message was lost.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromMinutes(3);
}
