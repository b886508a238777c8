using System.Diagnostics;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Compliance;

/// <summary>What every store of images must do: each instance whole, once, and found.</summary>
public abstract class InstanceStoreCompliance : StoreCompliance
{
    // Around the size of a chunk, and of what is kept in the database.
    public static TheoryData<int> Lengths => [0, 1, 5_000, 65_519, 65_520, 65_521, 131_040, 131_041, 525_000, 2_000_003];

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task Bytes_come_back_as_they_came(int length)
    {
        var instance = new SyntheticInstance("2.25.9.1") { Length = length, FileMeta = [1, 2, 3] };

        foreach (var part in new[] { 1_000_000, 65_520, 7_001 })
        {
            var one = instance with { SopInstanceUid = $"2.25.9.{part}" };
            Assert.Equal(InstanceVerdict.New, (await one.KeepAsync(Store.Instances, part)).Value.Verdict);
            var kept = (await Store.Instances.FindAsync(one.SopInstanceUid, Cancel))!;
            Assert.Equal((one.Sha256(), (long)length), (kept.Sha256, kept.Length));
            Assert.Equal(one.Bytes(), await SyntheticInstance.ReadAsync(Store.Instances, kept));
            Assert.Equal([1, 2, 3], (await Store.Instances.FileMetaAsync(kept, Cancel))!.Value.ToArray());
        }
    }

    [Fact]
    public async Task Any_part_is_read_alone()
    {
        var instance = new SyntheticInstance("2.25.9.1") { Length = 700_001 };
        await instance.KeepAsync(Store.Instances);
        var bytes = instance.Bytes();
        await using var stream = (await Store.Instances.OpenAsync((await Store.Instances.FindAsync("2.25.9.1", Cancel))!, Cancel))!;
        Assert.Equal(bytes.Length, stream.Length);

        var random = new Random(5);
        for (var turn = 0; turn < 200; turn++)
        {
            var from = random.Next(bytes.Length);
            var part = new byte[random.Next(1, Math.Min(200_000, bytes.Length - from) + 1)];
            stream.Position = from;
            await stream.ReadExactlyAsync(part, Cancel);
            Assert.True(part.AsSpan().SequenceEqual(bytes.AsSpan(from, part.Length)), $"{part.Length} bytes from {from}");
        }

        stream.Position = bytes.Length;
        Assert.Equal(0, await stream.ReadAsync(new byte[10], Cancel));
    }

    [Fact]
    public async Task What_is_known_of_an_instance_comes_back_after_a_restart()
    {
        var instance = new SyntheticInstance("2.25.9.1") { Length = 100_000 };
        await instance.KeepAsync(Store.Instances);
        await Store.ReopenAsync();

        var kept = (await Store.Instances.FindAsync("2.25.9.1", Cancel))!;

        Assert.Equal(
            new(
                new("2.25.1", "2.25.1.1", "2.25.9.1"), SyntheticInstance.CtImageStorage, SyntheticInstance.ExplicitLittleEndian, instance.Sha256(), 100_000, 1,
                "synthetic-pacs", "synthetic-centre", Synthetic.Noon, InstanceState.Kept, null),
            kept);
        Assert.Equal(instance.Bytes(), await SyntheticInstance.ReadAsync(Store.Instances, kept));
        Assert.Null(await Store.Instances.FileMetaAsync(kept, Cancel));
        Assert.Null(await Store.Instances.FindAsync("2.25.9.2", Cancel));
    }

    [Fact]
    public async Task Instances_of_a_study_come_in_the_order_of_their_numbers()
    {
        foreach (var (series, number) in new[] { (2, 1), (1, 10), (1, 2), (2, 3), (1, 1) })
        {
            var instance = new SyntheticInstance($"2.25.9.{series}.{number}") { SeriesInstanceUid = $"2.25.1.{series}", SeriesNumber = series, InstanceNumber = number };
            await instance.KeepAsync(Store.Instances);
        }

        await new SyntheticInstance("2.25.9.9") { StudyInstanceUid = "2.25.2" }.KeepAsync(Store.Instances);

        Assert.Equal(["1.1", "1.2", "1.10", "2.1", "2.3"], await SelectAsync("2.25.1", null, null));
        Assert.Equal(["2.1", "2.3"], await SelectAsync("2.25.1", "2.25.1.2", null));
        Assert.Equal(["2.3"], await SelectAsync("2.25.1", "2.25.1.2", "2.25.9.2.3"));
        Assert.Empty(await SelectAsync("2.25.1", "2.25.1.1", "2.25.9.2.3"));
        Assert.Empty(await SelectAsync("2.25.3", null, null));
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(200_000)]
    public async Task The_same_instance_again_is_a_repeat_and_writes_nothing(int length)
    {
        var instance = new SyntheticInstance("2.25.9.1") { Length = length };
        await instance.KeepAsync(Store.Instances);
        var first = (await Store.Instances.FindAsync("2.25.9.1", Cancel))!;

        var again = await (instance with { SourceId = "another-source", ReceivedAt = Synthetic.Noon.AddHours(1) }).KeepAsync(Store.Instances);

        Assert.Equal(InstanceVerdict.Repeat, again.Value.Verdict);
        Assert.Equal(first, await Store.Instances.FindAsync("2.25.9.1", Cancel));
        Assert.Equal(instance.Bytes(), await SyntheticInstance.ReadAsync(Store.Instances, first));
        Assert.Single(await Store.Audit.ListAsync(null, 10, Cancel));
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(200_000)]
    public async Task Other_bytes_under_a_known_UID_are_refused_and_told(int length)
    {
        var instance = new SyntheticInstance("2.25.9.1") { Length = length };
        await instance.KeepAsync(Store.Instances);

        foreach (var other in new[] { instance with { Content = 2 }, instance with { Length = length + 1 }, instance with { Content = 3, StudyInstanceUid = "2.25.7" } })
            Assert.Equal(RejectionCode.InstanceConflict, (await other.KeepAsync(Store.Instances)).Rejection?.Code);

        Assert.Equal(instance.Bytes(), await SyntheticInstance.ReadAsync(Store.Instances, (await Store.Instances.FindAsync("2.25.9.1", Cancel))!));
        var refusals = (await Store.Audit.ListAsync(null, 10, Cancel)).Where(entry => !entry.Permitted).ToList();
        Assert.Equal(3, refusals.Count);
        Assert.All(refusals, entry => Assert.Equal(
            ("source:synthetic-pacs", AuditAction.Deposit, "instance/2.25.9.1", "192.0.2.10"), (entry.Actor, entry.Action, entry.Target, entry.Origin?.Address)));
        Assert.All(refusals, entry => Assert.StartsWith("851 InstanceConflict", entry.Reason, StringComparison.Ordinal));
        Assert.Empty(await Store.Instances.SelectAsync("2.25.7", null, null, Cancel));
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(200_000)]
    public async Task The_same_instance_many_times_at_once_is_kept_once(int length)
    {
        for (var round = 0; round < 10; round++)
        {
            var instance = new SyntheticInstance($"2.25.9.{round}") { Length = length };
            var other = instance with { Content = 2 };
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(turn => Task.Run(() => (turn % 4 == 3 ? other : instance).KeepAsync(Store.Instances))));

            Assert.Single(results, result => result is { Accepted: true, Value.Verdict: InstanceVerdict.New });
            var kept = (await Store.Instances.FindAsync(instance.SopInstanceUid, Cancel))!;
            var winner = kept.Sha256 == instance.Sha256() ? instance : other;
            Assert.Equal(winner.Bytes(), await SyntheticInstance.ReadAsync(Store.Instances, kept));
            Assert.Equal(winner == instance ? 2 : 6, results.Count(result => result.Rejection?.Code == RejectionCode.InstanceConflict));
        }
    }

    [Fact]
    public async Task An_object_that_is_not_kept_leaves_nothing()
    {
        await using (var begun = (await Store.Instances.BeginAsync(Cancel)).Value) await begun.WriteAsync(new byte[300_000], Cancel);

        Assert.Null(await Store.Instances.FindAsync("2.25.9.1", Cancel));
        var instance = new SyntheticInstance("2.25.9.1") { Length = 300_000 };
        Assert.Equal(InstanceVerdict.New, (await instance.KeepAsync(Store.Instances)).Value.Verdict);
    }

    [Fact]
    public async Task The_trail_has_one_entry_for_a_study_and_an_origin_and_a_new_one_after_ten_minutes()
    {
        var number = 0;
        async Task KeepAsync(string study, string address, int minutes, int times)
        {
            for (var turn = 0; turn < times; turn++)
            {
                var instance = new SyntheticInstance($"2.25.9.{++number}") { StudyInstanceUid = study, Address = address, ReceivedAt = Synthetic.Noon.AddMinutes(minutes) };
                Assert.True((await instance.KeepAsync(Store.Instances)).Accepted);
            }
        }

        await KeepAsync("2.25.1", "192.0.2.10", 0, 5);
        await KeepAsync("2.25.1", "192.0.2.11", 1, 5);
        await KeepAsync("2.25.2", "192.0.2.10", 2, 5);
        await KeepAsync("2.25.1", "192.0.2.10", 9, 5);
        await KeepAsync("2.25.1", "192.0.2.10", 10, 5);

        var entries = (await Store.Audit.ListAsync(null, 100, Cancel)).Reverse();
        Assert.Equal(
            ["study/2.25.1 192.0.2.10 0", "study/2.25.1 192.0.2.11 1", "study/2.25.2 192.0.2.10 2", "study/2.25.1 192.0.2.10 10"],
            entries.Select(entry => $"{entry.Target} {entry.Origin!.Address} {(entry.At - Synthetic.Noon).TotalMinutes}"));
    }

    [Fact]
    public async Task Many_at_once_are_all_kept()
    {
        var instances = Enumerable.Range(0, 300)
            .Select(number => new SyntheticInstance($"2.25.9.{number}") { Length = number % 3 == 0 ? 120_000 : 3_000, InstanceNumber = number, SeriesInstanceUid = $"2.25.1.{number % 7}" }).ToList();

        var results = await Task.WhenAll(instances.Select(instance => Task.Run(() => instance.KeepAsync(Store.Instances))));

        Assert.All(results, result => Assert.Equal(InstanceVerdict.New, result.Value.Verdict));
        foreach (var instance in instances)
            Assert.Equal(instance.Bytes(), await SyntheticInstance.ReadAsync(Store.Instances, (await Store.Instances.FindAsync(instance.SopInstanceUid, Cancel))!));
    }

    private async Task<List<string>> SelectAsync(string study, string? series, string? instance) =>
        [.. (await Store.Instances.SelectAsync(study, series, instance, Cancel)).Select(kept => kept.Key.SopInstanceUid["2.25.9.".Length..])];
}
