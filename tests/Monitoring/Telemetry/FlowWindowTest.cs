using EHealthPlus.Monitoring.Telemetry.Windows;

namespace EHealthPlus.Tests.Monitoring.Telemetry;

/// <summary>Sliding windows on a clock that the test moves.</summary>
public class FlowWindowTest
{
    private readonly MovedTime time = new();
    private readonly FlowWindow window;

    public FlowWindowTest() => window = new(time);

    [Fact]
    public void Percentiles_are_within_eight_percent()
    {
        for (var milliseconds = 1; milliseconds <= 1000; milliseconds++) window.Count("ehealthplus_commit_seconds", "a", milliseconds / 1e3);

        var commit = window.Snapshot(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(2)).Commit;

        Assert.Equal(1000, commit.Count);
        Assert.InRange(commit.P50!.Value, 0.5 / 1.08, 0.5 * 1.08);
        Assert.InRange(commit.P95!.Value, 0.95 / 1.08, 0.95 * 1.08);
        Assert.InRange(commit.P99!.Value, 0.99 / 1.08, 0.99 * 1.08);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e9)]
    public void Any_number_has_a_bucket(double seconds) => Assert.InRange(LatencyBuckets.IndexOf(seconds), 0, LatencyBuckets.Count - 1);

    [Fact]
    public void Rates_are_of_the_last_ten_whole_seconds()
    {
        for (var second = 0; second < 10; second++)
        {
            window.Count("ehealthplus_deposits_received_total", "a", 30);
            time.Move(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(30, window.Snapshot(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(2)).ReceivedRate);
        time.Move(TimeSpan.FromSeconds(20));
        Assert.Equal(0, window.Snapshot(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(2)).ReceivedRate);
    }

    [Fact]
    public void A_slot_used_again_forgets_what_it_held()
    {
        window.Count("ehealthplus_deposits_received_total", "a", 30);
        time.Move(TimeSpan.FromSeconds(902));
        window.Count("ehealthplus_deposits_received_total", "a", 4);
        time.Move(TimeSpan.FromSeconds(5));

        var snapshot = window.Snapshot(TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(5));

        Assert.Equal(4, snapshot.Points.Sum(point => point.Received) * 5, 6);
        Assert.Equal(4, Assert.Single(snapshot.Sources).Received);
    }

    [Fact]
    public void The_backlog_stands_until_it_changes()
    {
        window.Count("ehealthplus_backlog", "a", 7);
        time.Move(TimeSpan.FromSeconds(60));

        var snapshot = window.Snapshot(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(2));

        Assert.Equal(7, snapshot.Backlog);
        Assert.All(snapshot.Points, point => Assert.Equal(7, point.Backlog));
    }

    [Fact]
    public void Sources_are_counted_apart_up_to_a_limit()
    {
        for (var source = 0; source < FlowWindow.MostSources + 50; source++) window.Count("ehealthplus_deposits_received_total", $"s{source}", 1);

        var sources = window.Snapshot(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(2)).Sources;

        Assert.Equal(FlowWindow.MostSources + 1, sources.Count);
        Assert.Equal(50, sources.Single(source => source.SourceId == "other").Received);
    }

    private sealed class MovedTime : TimeProvider
    {
        private DateTimeOffset now = DateTimeOffset.UnixEpoch.AddYears(56);

        public override DateTimeOffset GetUtcNow() => now;

        public void Move(TimeSpan by) => now += by;
    }
}
