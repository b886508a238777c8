using EHealthPlus.Monitoring.Watching.Rules;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Watching;
using static EHealthPlus.Tests.Monitoring.Watching.WatchBench;

namespace EHealthPlus.Tests.Monitoring.Watching;

/// <summary>Each entry counts exactly once, whenever the hub is stopped, killed, or cannot write.</summary>
public sealed class FollowingTests
{
    private const string Head = "rule,key,conduct,roles,who,suspect,count,of,minutes,hours,providers,title,title in chinese\n";

    private static IReadOnlyList<WatchingRule> SmallRules => RuleFile.Read(
        new StringReader(Head + "1,three,read,,everybody,account,3,entries,10,,,T,題\n2,four,read,,everybody,address,4,persons,30,,,T,題\n3,none,read-without-care-relation,,everybody,account,1,entries,1,,,T,題"), "small");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Restarts_at_any_place_change_nothing(int seed)
    {
        var draw = new Random(seed);
        var at = Noon;
        var (steady, restarted) = (new WatchBench(SmallRules), new WatchBench(SmallRules));
        for (var number = 0; number < 3000; number++)
        {
            at += TimeSpan.FromSeconds(draw.Next(40));
            // Now and then the clock is set back or forth.
            if (draw.Next(200) == 0) at += TimeSpan.FromMinutes(draw.Next(-60, 60));
            var entry = draw.Next(4) == 0 ? Read with { At = at, Action = AuditAction.Deposit } : Read with
            {
                At = at, Actor = $"a{draw.Next(5)}", Origin = new($"192.0.2.{draw.Next(3)}"), PersonId = $"p{draw.Next(12)}", CareRelation = draw.Next(30) > 0,
            };
            steady.Trail.Add(entry);
            restarted.Trail.Add(entry);
            if (draw.Next(20) == 0) await restarted.FollowAsync();
            if (draw.Next(40) == 0) restarted.Restart();
        }

        await steady.FollowAsync();
        await restarted.FollowAsync();
        Assert.True(steady.Cases.Raised.Count > 300);
        Assert.Equal(steady.Cases.Raised.Select(Text), restarted.Cases.Raised.Select(Text));
        foreach (var byRule in steady.Cases.Raised.GroupBy(raised => (raised.Rule, raised.Suspect)))
        {
            var evidence = byRule.SelectMany(raised => raised.Evidence).ToList();
            Assert.Equal(evidence.Count, evidence.Distinct().Count());
        }
    }

    [Fact]
    public async Task What_could_not_be_kept_is_judged_again_and_raised_once()
    {
        var bench = new WatchBench();
        bench.Cases.Full = true;
        Assert.Empty(await bench.JudgedAsync(Enumerable.Repeat(Read with { CareRelation = false }, 2)));
        bench.Cases.Full = false;
        await bench.FollowAsync();
        await bench.FollowAsync();
        Assert.Equal([1L, 2L], Assert.Single(bench.Cases.Cases).Evidence);
    }

    [Fact]
    public async Task What_could_not_be_read_is_judged_at_the_next_look()
    {
        var bench = new WatchBench();
        bench.Trail.Fault = new InvalidOperationException("synthetic");
        Assert.Empty(await bench.JudgedAsync(Enumerable.Repeat(Read with { CareRelation = false }, 2)));
        await bench.FollowAsync();
        Assert.Equal([1L, 2L], Assert.Single(bench.Cases.Cases).Evidence);
    }

    [Fact]
    public async Task Deposits_alone_move_the_position_on()
    {
        var bench = new WatchBench();
        await bench.JudgedAsync(Enumerable.Repeat(Read with { Action = AuditAction.Deposit }, 20_000));
        Assert.Equal(new WatchPosition(20_000, 20_001), bench.Cases.Position);
    }

    [Fact]
    public async Task A_start_reads_back_no_further_than_a_window_reaches()
    {
        var bench = new WatchBench();
        await bench.JudgedAsync(Enumerable.Range(0, 2000).Select(number => Read with { Action = AuditAction.Search, At = Noon.AddMinutes(number * 2), PersonId = $"p{number}" }));
        await bench.JudgedAsync(Read with { CareRelation = false, At = Noon.AddMinutes(4000) });
        Assert.Equal(new WatchPosition(2001, 2001 - 29), bench.Cases.Position);
    }

    private static string Text(Suspicion raised) => $"{raised.Rule} {raised.Suspect} {raised.From:O} {raised.Until:O} {string.Join(' ', raised.Evidence)}";
}
