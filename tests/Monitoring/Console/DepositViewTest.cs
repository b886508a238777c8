using EHealthPlus.Monitoring.Console.Deposits;
using EHealthPlus.Routing.Contracts.Deposits;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>How long a deposit took.</summary>
public sealed class DepositViewTest
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void A_replay_counts_from_its_own_beginning()
    {
        var replayed = View(
            new(DepositState.Received, Start, null), new(DepositState.Refused, Start.AddMilliseconds(12), "501"),
            new(DepositState.Received, Start.AddHours(3), "Replay"), new(DepositState.Delivered, Start.AddHours(3).AddMilliseconds(20), null));

        Assert.Equal(TimeSpan.FromMilliseconds(20), replayed.LastPass);
    }

    [Fact]
    public void Retries_of_one_pass_count_as_one()
    {
        var retried = View(
            new(DepositState.Received, Start, null), new(DepositState.AwaitingRetry, Start.AddSeconds(1), "581"), new(DepositState.Delivered, Start.AddSeconds(6), null));

        Assert.Equal(TimeSpan.FromSeconds(6), retried.LastPass);
    }

    private static DepositView View(params DepositTransition[] timeline) => new(null!, new(
        new(new(1), Start, "his", "C1", "ADT^A01", timeline[^1].State, null, 1, timeline[^1].At - Start, null, 0),
        default, null, null, "", "", null, null, new(new(1), timeline[^1].State, 1, 1, null, timeline), null, []));
}
