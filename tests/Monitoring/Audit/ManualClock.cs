namespace EHealthPlus.Tests.Monitoring.Audit;

/// <summary>A clock whose time passes when the test says so.</summary>
internal sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(() => callback(state));
        lock (timers) timers.Add(timer);
        return timer;
    }

    /// <summary>Lets the time pass and the timers ring, until what they start has happened.</summary>
    public async Task PassAsync(TimeSpan time, Func<bool> happened)
    {
        now += time;
        for (var patience = 0; !happened(); patience++)
        {
            Assert.InRange(patience, 0, 3_000);
            lock (timers)
                foreach (var timer in timers) timer.Ring();
            await Task.Delay(10);
        }
    }

    private sealed class ManualTimer(Action ring) : ITimer
    {
        private bool gone;

        public void Ring()
        {
            if (!gone) ring();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => gone = true;

        public ValueTask DisposeAsync()
        {
            gone = true;
            return ValueTask.CompletedTask;
        }
    }
}
