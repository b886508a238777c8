using EHealthPlus.Adapters.Storage.Sqlite.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>kill -9 at any moment: what was acknowledged is there, once; what was not is there whole or not at all.</summary>
public sealed class KillTests
{
    private const int Kills = 5;
    private const int MinimumLines = 300;

    [Fact]
    public async Task What_was_acknowledged_survives_each_kill()
    {
        using var folder = new TemporaryFolder();
        var acknowledged = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            acknowledged.AddRange(await KilledProgram.RunAsync(KilledWriter.Argument, folder.Path, MinimumLines + kill * 97));
            await CheckAsync(folder.Path, acknowledged);
        }

        Assert.True(acknowledged.Count >= Kills * MinimumLines);
    }

    private static async Task CheckAsync(string folder, List<string> acknowledged)
    {
        using var store = SqliteUnderTest.In(folder);
        await store.OpenAsync(default);
        foreach (var line in acknowledged)
        {
            var (what, controlId, id) = line.Split(' ') is [var first, var second, var third] ? (first, second, long.Parse(third, System.Globalization.CultureInfo.InvariantCulture)) : throw new InvalidOperationException(line);
            var deposit = await store.Journal.ReadAsync(new(id), default);
            Assert.Equal(controlId, deposit!.ControlId);
            Assert.Equal(KilledWriter.Message(controlId), deposit.Bytes.ToArray());
            if (what != "C") continue;
            var repeat = (await store.Journal.AppendAsync(Entry(controlId) with { Bytes = deposit.Bytes }, default)).Value;
            Assert.Equal((JournalVerdict.Repeat, id, DepositState.Delivered), (repeat.Verdict, repeat.DepositId.Value, repeat.State));
            Assert.Equal(id, (await store.Record.ReadAsync("Observation", Id(controlId), null, default))!.DepositId.Value);
        }

        Assert.Null(AuditVerification.Run(folder, [], default).Finding);
        await CheckWholeAsync(store);
    }

    // Delivered or unfinished, never in between; and each control id once.
    private static async Task CheckWholeAsync(EHealthPlus.Adapters.Storage.Sqlite.SqliteStore store)
    {
        var unfinished = 0;
        await foreach (var deposit in store.Journal.UnfinishedAsync(default))
        {
            unfinished++;
            Assert.Equal(DepositState.Received, (await store.Deposits.LoadSagaAsync(deposit.DepositId, default))!.State);
        }

        var all = await store.DepositQueries.ListAsync(new(Count: int.MaxValue), default);
        Assert.Equal(all.Count, all.Select(deposit => deposit.ControlId).Distinct().Count());
        Assert.Equal(unfinished, all.Count(deposit => deposit.State == DepositState.Received));
        var delivered = all.Count(deposit => deposit.State == DepositState.Delivered);
        Assert.Equal(all.Count, unfinished + delivered);
        Assert.Equal(delivered, (await store.Audit.ListAsync(null, int.MaxValue, default)).Count);
        Assert.Equal(delivered * 2, (await store.Record.EverythingAsync(PersonId, null, 1, null, default)).Total);
    }
}
