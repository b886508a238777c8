using System.Globalization;
using EHealthPlus.Adapters.Storage.Sqlite;
using EHealthPlus.Adapters.Storage.Sqlite.Audit;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>kill -9 at any moment while images come: each that was acknowledged is there, whole, once; of the others none is there in part.</summary>
public sealed class KilledKeeperTests
{
    private const int Kills = 20;

    [Fact]
    public async Task Every_image_that_was_acknowledged_survives_each_kill()
    {
        using var folder = new TemporaryFolder();
        var acknowledged = new List<string>();
        var cutOff = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var said = await KilledProgram.RunAsync(KilledKeeper.Argument, folder.Path, 20 + (kill * 17));
            acknowledged.AddRange(said);
            if (Directory.EnumerateFiles(Path.Combine(folder.Path, "objects", "staging")).Any()) cutOff++;
            using var store = SqliteUnderTest.In(folder.Path);
            await store.OpenAsync(default);
            await CheckAsync(store, kill == Kills - 1 ? acknowledged : said);
            CheckFiles(folder.Path);
        }

        Assert.True(acknowledged.Count >= Kills * 20);
        Assert.True(cutOff >= Kills / 4, $"Only {cutOff} of {Kills} kills cut an object off");
        Assert.Null(AuditVerification.Run(folder.Path, [], default).Finding);
    }

    private static async Task CheckAsync(SqliteStore store, List<string> acknowledged)
    {
        foreach (var uid in acknowledged)
        {
            var instance = KilledKeeper.Instance(uid);
            var kept = await store.Instances.FindAsync(uid, default);
            Assert.True(kept is not null, $"{uid} was acknowledged, and is not there");
            Assert.Equal(instance.Sha256(), kept.Sha256);
            Assert.Equal(instance.Bytes(), await SyntheticInstance.ReadAsync(store.Instances, kept));
        }

        Assert.Equal(InstanceVerdict.Repeat, (await KilledKeeper.Instance(acknowledged[^1]).KeepAsync(store.Instances)).Value.Verdict);

        // What the index says is what there is: also of those that were not acknowledged any more.
        foreach (var series in (await store.Instances.QueryAsync(new(QueryLevel.Series, [], 0, int.MaxValue), default)).Value)
        {
            var instances = await store.Instances.SelectAsync(series.Key.StudyInstanceUid, series.Key.SeriesInstanceUid, null, default);
            Assert.Contains($"\"00201209\":{{\"vr\":\"IS\",\"Value\":[{instances.Count.ToString(CultureInfo.InvariantCulture)}]}}", System.Text.Encoding.UTF8.GetString(series.Json[2].Span), StringComparison.Ordinal);
        }
    }

    private static void CheckFiles(string folder)
    {
        var objects = Path.Combine(folder, "objects");
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(objects, "staging")));
        var files = Directory.EnumerateFiles(objects, "*", SearchOption.AllDirectories).Count();
        Assert.Equal(StoreContent.Ask(folder, "SELECT count(*) FROM imaging_instance WHERE in_row = 0"), files.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(StoreContent.Ask(folder, "SELECT count(*) FROM imaging_instance WHERE in_row = 1"), StoreContent.Ask(folder, "SELECT count(*) FROM imaging_object"));
    }
}
