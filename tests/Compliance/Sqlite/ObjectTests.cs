using System.Diagnostics;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Keys;
using EHealthPlus.Routing.Contracts.Rejections;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>Objects as files: sealed, noticed where they were damaged, never left over, and open under new keys.</summary>
public sealed class ObjectTests : IAsyncLifetime
{
    private const int Chunk = 64 << 10;

    private readonly SqliteUnderTest store = new();

    private string Objects => Path.Combine(store.Folder, "objects");

    public async ValueTask InitializeAsync() => await store.OpenAsync();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Theory]
    [InlineData(3_000)]
    [InlineData(300_000)]
    public async Task No_file_holds_what_the_images_say(int length)
    {
        const string marker = "MARKER OF A STUDY";
        var instance = new SyntheticInstance("2.25.9.1") { Length = length, StudyDescription = marker };
        await instance.KeepAsync(store.Instances);

        // In the log of writes or, once the store has rested, in the database.
        Assert.Contains(StoreContent.FilesWith(store.Folder, "2.25.9.1"), file => file.StartsWith("hub.db", StringComparison.Ordinal));
        Assert.Empty(StoreContent.FilesWith(store.Folder, marker));
        Assert.Empty(FilesWithBytes(instance.Bytes().AsSpan(length / 2, 16).ToArray()));
        // Nor is the bare hash of an object told, which would confirm a guess.
        Assert.DoesNotContain(ObjectFiles(), file => Path.GetFileName(file) == instance.Sha256());
    }

    public static TheoryData<string> Damages => new()
    {
        "flip a bit of the first chunk", "flip a bit of the last chunk", "flip a bit of a tag", "cut off a byte", "cut off the last chunk", "exchange two chunks",
        "put another object there", "empty it",
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_object_is_refused_and_told(string how)
    {
        // Four whole chunks: a cut at one looks like an end.
        var victim = new SyntheticInstance("2.25.9.1") { Length = 4 * (Chunk - 16) };
        await victim.KeepAsync(store.Instances);
        var file = ObjectFiles().Single();
        await (victim with { SopInstanceUid = "2.25.9.2" }).KeepAsync(store.Instances);
        var other = ObjectFiles().Single(one => one != file);
        Assert.Equal(4 * Chunk, new FileInfo(file).Length);
        File.WriteAllBytes(file, Damage(how, File.ReadAllBytes(file), File.ReadAllBytes(other)));
        var kept = (await store.Instances.FindAsync("2.25.9.1", default))!;

        var refused = await Assert.ThrowsAsync<RejectedException>(() => SyntheticInstance.ReadAsync(store.Instances, kept));

        Assert.Equal(RejectionCode.ContentDamaged, refused.Rejection.Code);
        Assert.Contains("instance 1, column object", refused.Rejection.Detail, StringComparison.Ordinal);
        await ToldAsync("instance:1");
        Assert.Equal(1, (await store.Store.StoreKeys.GetAsync(default)).Damaged);
        Assert.NotNull(await SyntheticInstance.ReadAsync(store.Instances, (await store.Instances.FindAsync("2.25.9.2", default))!));
    }

    [Fact]
    public async Task A_part_that_is_whole_is_read_beside_one_that_is_not()
    {
        var instance = new SyntheticInstance("2.25.9.1") { Length = 300_000 };
        await instance.KeepAsync(store.Instances);
        var file = ObjectFiles().Single();
        File.WriteAllBytes(file, Damage("flip a bit of the first chunk", File.ReadAllBytes(file), []));
        await using var stream = (await store.Instances.OpenAsync((await store.Instances.FindAsync("2.25.9.1", default))!, default))!;
        var part = new byte[1000];

        stream.Position = 200_000;
        await stream.ReadExactlyAsync(part);
        Assert.Equal(instance.Bytes().AsSpan(200_000, 1000).ToArray(), part);
        stream.Position = 0;
        await Assert.ThrowsAsync<RejectedException>(() => stream.ReadExactlyAsync(part).AsTask());
    }

    [Fact]
    public async Task An_object_that_is_gone_is_told()
    {
        await new SyntheticInstance("2.25.9.1") { Length = 300_000 }.KeepAsync(store.Instances);
        var file = ObjectFiles().Single();
        File.Move(file, file + ".lost");

        Assert.Null(await store.Instances.OpenAsync((await store.Instances.FindAsync("2.25.9.1", default))!, default));
        await ToldAsync("instance:1");
        // Also to whoever starts it next, until the file is back.
        await store.ReopenAsync();
        Assert.Contains("instance 1, column object: the object is gone", await store.Store.StoredContent.CheckAsync(default), StringComparison.Ordinal);
        File.Move(file + ".lost", file);
        await store.ReopenAsync();
        Assert.Null(await store.Store.StoredContent.CheckAsync(default));
    }

    [Fact]
    public async Task A_damaged_object_in_the_database_is_refused_and_told()
    {
        await new SyntheticInstance("2.25.9.1") { Length = 3_000 }.KeepAsync(store.Instances);
        var whole = StoreContent.Blob(store.Folder, "imaging_object", "instance", "bytes", 1);
        whole[1000] ^= 1;
        StoreContent.Ask(store.Folder, "UPDATE imaging_object SET bytes = $bytes", ("$bytes", whole));
        var kept = (await store.Instances.FindAsync("2.25.9.1", default))!;

        await Assert.ThrowsAsync<RejectedException>(() => SyntheticInstance.ReadAsync(store.Instances, kept));
        await ToldAsync("instance:1");
    }

    [Theory]
    [InlineData("flip a bit of the first chunk", true)]
    [InlineData("cut off a byte", false)]
    [InlineData("cut off the last chunk", true)]
    [InlineData("empty it", false)]
    [InlineData("remove it", false)]
    [InlineData("remove it", true)]
    public async Task An_object_that_was_lost_is_whole_again_when_it_is_sent_again(string how, bool seen)
    {
        var instance = new SyntheticInstance("2.25.9.1") { Length = 4 * (Chunk - 16), FileMeta = [1, 2, 3] };
        await instance.KeepAsync(store.Instances);
        var file = ObjectFiles().Single();
        if (how == "remove it") File.Delete(file);
        else File.WriteAllBytes(file, Damage(how, File.ReadAllBytes(file), []));
        if (seen) Assert.Null(await ReadAsync("2.25.9.1"));

        Assert.Equal(InstanceVerdict.Repeat, (await (instance with { FileMeta = null, SourceId = "another-source" }).KeepAsync(store.Instances)).Value.Verdict);

        Assert.Equal(instance.Bytes(), await ReadAsync("2.25.9.1"));
        Assert.Null(await store.Store.StoredContent.CheckAsync(default));
        await ToldAsync("instance:1");
        await store.ReopenAsync();
        Assert.Equal(instance.Bytes(), await ReadAsync("2.25.9.1"));
        var kept = (await store.Instances.FindAsync("2.25.9.1", default))!;
        Assert.Equal("synthetic-pacs", kept.SourceId);
        Assert.Equal([1, 2, 3], (await store.Instances.FileMetaAsync(kept, default))!.Value.ToArray());
        Assert.Null(await store.Store.StoredContent.CheckAsync(default));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Objects, "staging")));
    }

    [Theory]
    [InlineData(3_000)]
    [InlineData(300_000)]
    public async Task A_row_that_does_not_open_is_whole_again_when_its_instance_is_sent_again(int length)
    {
        var instance = new SyntheticInstance("2.25.9.1") { Length = length };
        await instance.KeepAsync(store.Instances);
        var attributes = StoreContent.Blob(store.Folder, "imaging_instance", "num", "attributes", 1);
        attributes[^1] ^= 1;
        StoreContent.Ask(store.Folder, "UPDATE imaging_instance SET attributes = $bytes", ("$bytes", attributes));
        await Assert.ThrowsAsync<RejectedException>(() => store.Instances.FindAsync("2.25.9.1", default).AsTask());

        Assert.Equal(InstanceVerdict.Repeat, (await instance.KeepAsync(store.Instances)).Value.Verdict);

        Assert.Equal(instance.Bytes(), await ReadAsync("2.25.9.1"));
        Assert.Null(await store.Store.StoredContent.CheckAsync(default));
    }

    [Fact]
    public async Task A_damaged_object_in_the_database_is_whole_again_when_it_is_sent_again()
    {
        var instance = new SyntheticInstance("2.25.9.1") { Length = 3_000 };
        await instance.KeepAsync(store.Instances);
        StoreContent.Ask(store.Folder, "DELETE FROM imaging_object");
        Assert.Null(await ReadAsync("2.25.9.1"));

        Assert.Equal(InstanceVerdict.Repeat, (await instance.KeepAsync(store.Instances)).Value.Verdict);

        Assert.Equal(instance.Bytes(), await ReadAsync("2.25.9.1"));
        Assert.Null(await store.Store.StoredContent.CheckAsync(default));
    }

    [Fact]
    public async Task Where_objects_cannot_be_written_the_refusal_is_all_that_the_caller_hears()
    {
        Directory.Delete(Path.Combine(Objects, "staging"));

        var refused = await new SyntheticInstance("2.25.9.1") { Length = 300_000 }.KeepAsync(store.Instances);

        Assert.Equal(RejectionCode.StoreUnavailable, refused.Rejection!.Code);
    }

    [Fact]
    public async Task A_start_removes_what_was_on_its_way_and_nothing_else()
    {
        await new SyntheticInstance("2.25.9.1") { Length = 300_000 }.KeepAsync(store.Instances);
        await new SyntheticInstance("2.25.9.2") { Length = 300_000 }.KeepAsync(store.Instances);
        store.Store.Dispose();
        var kept = ObjectFiles();
        var staging = Path.Combine(Objects, "staging");

        // Cut off while it came; with its name and without its row; with its row, before its mark went; and one that staging does not name.
        File.WriteAllBytes(Path.Combine(staging, Guid.NewGuid().ToString("N")), new byte[100_000]);
        var rowless = Path.Combine(Objects, "ab", "ab" + new string('1', 62));
        File.WriteAllBytes(rowless, new byte[1000]);
        File.WriteAllBytes(Path.Combine(staging, Path.GetFileName(rowless) + ".pending"), []);
        File.WriteAllBytes(Path.Combine(staging, Path.GetFileName(kept[0]) + ".pending"), []);
        var unnamed = Path.Combine(Objects, "cd", "cd" + new string('2', 62));
        File.WriteAllBytes(unnamed, new byte[1000]);

        await store.OpenAsync();

        Assert.Empty(Directory.EnumerateFiles(staging));
        Assert.Equal([.. kept.Append(unnamed).Order(StringComparer.Ordinal)], ObjectFiles());
        Assert.NotNull(await SyntheticInstance.ReadAsync(store.Instances, (await store.Instances.FindAsync("2.25.9.1", default))!));
    }

    [Fact]
    public async Task Images_open_under_new_keys_and_nothing_stays_under_old_ones()
    {
        var instances = Enumerable.Range(1, 200).Select(number => new SyntheticInstance($"2.25.9.{number}")
        {
            Length = number % 5 == 0 ? 200_000 : 2_000, SeriesInstanceUid = $"2.25.1.{number % 3}", StudyInstanceUid = $"2.25.1{number % 4}",
        }).ToList();
        foreach (var instance in instances) await instance.KeepAsync(store.Instances);
        var before = await store.Store.StoreKeys.GetAsync(default);
        await using var open = (await store.Instances.OpenAsync((await store.Instances.FindAsync("2.25.9.5", default))!, default))!;

        Assert.True((await store.Store.StoreKeys.RotateAsync(RotationScope.Everything, null, Audit("rotate-keys", null), default)).Accepted);
        var late = new SyntheticInstance("2.25.9.999") { Length = 200_000 };
        await late.KeepAsync(store.Instances);
        await UntilAsync(async () => (await store.Store.StoreKeys.GetAsync(default)).Reencryption is { FinishedAt: not null });

        var after = await store.Store.StoreKeys.GetAsync(default);
        Assert.Equal((before.DataKeys.Count, 0L), (after.Destroyed, after.Reencryption!.Failed));
        Assert.Equal(after.Reencryption.All, after.Reencryption.Done);
        var current = after.DataKeys.Select(key => key.Number).ToHashSet();
        Assert.All(StoreContent.Seals(store.Folder), seal => Assert.Contains(seal.Key, current));
        File.Delete(Path.Combine(store.Folder, "keys", $"wrapping-{before.WrappingKeys[0].Id}.key"));
        // A stream that was open goes on: objects stay as they are.
        Assert.Equal(200_000, await open.ReadAtLeastAsync(new byte[200_000], 200_000));
        await store.ReopenAsync();
        foreach (var instance in instances.Append(late))
            Assert.Equal(instance.Bytes(), await SyntheticInstance.ReadAsync(store.Instances, (await store.Instances.FindAsync(instance.SopInstanceUid, default))!));
        Assert.Equal(4 + 1, (await store.Instances.QueryAsync(new(QueryLevel.Study, [], 0, 100), default)).Value.Count);
    }

    private static byte[] Damage(string how, byte[] bytes, byte[] other)
    {
        switch (how)
        {
            case "flip a bit of the first chunk": bytes[100] ^= 1; return bytes;
            case "flip a bit of the last chunk": bytes[^100] ^= 1; return bytes;
            case "flip a bit of a tag": bytes[^1] ^= 1; return bytes;
            case "cut off a byte": return bytes[..^1];
            case "cut off the last chunk": return bytes[..^Chunk];
            case "exchange two chunks": return [.. bytes[..Chunk], .. bytes[(2 * Chunk)..(3 * Chunk)], .. bytes[Chunk..(2 * Chunk)], .. bytes[(3 * Chunk)..]];
            case "put another object there": return other;
            default: return [];
        }
    }

    /// <returns>Null where it is gone or damaged.</returns>
    private async Task<byte[]?> ReadAsync(string uid)
    {
        try
        {
            return await SyntheticInstance.ReadAsync(store.Instances, (await store.Instances.FindAsync(uid, default))!);
        }
        catch (RejectedException damaged) when (damaged.Rejection.Code == RejectionCode.ContentDamaged)
        {
            return null;
        }
    }

    private List<string> ObjectFiles() =>
        [.. Directory.EnumerateFiles(Objects, "*", SearchOption.AllDirectories).Where(file => !file.Contains("staging", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private List<string> FilesWithBytes(byte[] sought) => [.. StoreContent.FilesOf(store.Folder).Where(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray().AsSpan().IndexOf(sought) >= 0;
    })];

    private Task ToldAsync(string target) => UntilAsync(async () =>
        (await store.Audit.ListAsync(null, 20, default)).Any(entry => entry.Action == AuditAction.Damage && entry.Target == target));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60), "It did not happen within a minute");
            await Task.Delay(20);
        }
    }
}
