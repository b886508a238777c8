namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>
/// The two deadlines of a connection: for bytes to come, and for ours to be taken. A heartbeat looks at them once a second, so that hundreds of
/// silent associations need no timer each.
/// </summary>
internal sealed class LinkClock(TimeProvider time)
{
    private const long None = long.MaxValue;
    private long readDeadline = None;
    private long sendDeadline = None;

    public bool ReadOverdue => time.GetTimestamp() >= Volatile.Read(ref readDeadline);

    public bool SendOverdue => time.GetTimestamp() >= Volatile.Read(ref sendDeadline);

    public void ReadWithin(TimeSpan span) => ReadBy(After(span));

    /// <param name="deadline">From <see cref="After"/>.</param>
    public void ReadBy(long deadline) => Volatile.Write(ref readDeadline, deadline);

    public void ReadDone() => Volatile.Write(ref readDeadline, None);

    public void SendWithin(TimeSpan span) => Volatile.Write(ref sendDeadline, After(span));

    public void SendDone() => Volatile.Write(ref sendDeadline, None);

    public long After(TimeSpan span) => time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency);
}
