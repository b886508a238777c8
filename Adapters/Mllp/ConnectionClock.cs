namespace EHealthPlus.Adapters.Mllp;

/// <summary>
/// The two deadlines of a connection: for bytes to come, and for answers to be taken. Kestrel's heartbeat looks at them once a second,
/// so that thousands of silent connections need no timer each.
/// </summary>
internal sealed class ConnectionClock(TimeProvider time)
{
    private const long None = long.MaxValue;
    private long readDeadline = None;
    private long sendDeadline = None;

    public long Now => time.GetTimestamp();

    public bool ReadOverdue => Now >= Volatile.Read(ref readDeadline);

    public bool SendOverdue => Now >= Volatile.Read(ref sendDeadline);

    public long After(long timestamp, TimeSpan span) => timestamp + (long)(span.TotalSeconds * time.TimestampFrequency);

    public void ReadBy(long deadline) => Volatile.Write(ref readDeadline, deadline);

    public void ReadDone() => Volatile.Write(ref readDeadline, None);

    public void SendWithin(TimeSpan span) => Volatile.Write(ref sendDeadline, After(Now, span));

    public void SendDone() => Volatile.Write(ref sendDeadline, None);
}
