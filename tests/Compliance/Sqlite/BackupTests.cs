using EHealthPlus.Adapters.Storage.Sqlite.Backups;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>Backups of a store in use: whole, told from what decayed, and put back.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private static readonly SyntheticInstance Ct = new("2.25.9.1") { Length = 300_000 };

    private readonly SqliteUnderTest store = new();
    private readonly string root = Directory.CreateTempSubdirectory("ehealthplus-backup-").FullName;
    private DateTimeOffset now = Noon;

    private BackupFolder Backups => new(Path.Combine(root, "backups"));

    private string Restored => Path.Combine(root, "restored");

    private string Keys => Path.Combine(store.Folder, "keys");

    public async ValueTask InitializeAsync() => await store.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task What_was_kept_before_a_backup_is_in_it_though_more_comes_meanwhile()
    {
        await Ct.KeepAsync(store.Instances);
        for (var number = 0; number < 50; number++) await store.DeliverAsync($"B{number}", Resource("Observation", Id(number), "\"status\":\"final\""));
        using var stop = new CancellationTokenSource();
        var more = Task.Run(async () =>
        {
            for (var number = 50; !stop.IsCancellationRequested; number++) await store.DeliverAsync($"B{number}", Resource("Observation", Id(number)));
        });

        var made = Make();
        await stop.CancelAsync();
        await more;

        Assert.Empty(made.Faults);
        Assert.Empty(Verify(made));
        PutBack(made);
        CopyKeys();
        using var restored = SqliteUnderTest.In(Restored);
        await restored.OpenAsync(default);
        for (var number = 0; number < 50; number++)
        {
            var repeat = await restored.Journal.AppendAsync(Entry($"B{number}"), default);
            Assert.Equal(JournalVerdict.Repeat, repeat.Value.Verdict);
        }

        Assert.Contains("\"status\":\"final\"", System.Text.Encoding.UTF8.GetString((await restored.Record.ReadAsync("Observation", Id(49), null, default))!.Json.Span), StringComparison.Ordinal);
        Assert.Equal(Ct.Bytes(), await SyntheticInstance.ReadAsync(restored.Instances, (await restored.Instances.FindAsync(Ct.SopInstanceUid, default))!));
    }

    [Fact]
    public async Task A_backup_is_for_its_owner_only_and_holds_no_key_and_nothing_in_the_clear()
    {
        await (Ct with { StudyDescription = "MARKER OF A STUDY" }).KeepAsync(store.Instances);
        await store.DeliverAsync("B1", Resource("Observation", Id(1), "\"status\":\"MARKER OF A STUDY\""));

        var made = Make();

        Assert.Empty(StoreContent.FilesWith(Backups.Path, "MARKER OF A STUDY"));
        Assert.Empty(StoreContent.FilesWith(Backups.Path, "WRAPPING KEY"));
        Assert.NotEmpty(StoreContent.FilesWith(store.Folder, "WRAPPING KEY"));
        if (OperatingSystem.IsWindows()) return;
        foreach (var folder in new[] { Backups.At(made.Name), Backups.At("objects") })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public async Task An_object_is_copied_once()
    {
        await Ct.KeepAsync(store.Instances);
        var first = Make();
        await (Ct with { SopInstanceUid = "2.25.9.2", Content = 2 }).KeepAsync(store.Instances);

        var second = Make();

        Assert.Equal((1, 1), (first.Manifest.Objects, first.NewObjects));
        Assert.Equal((2, 1), (second.Manifest.Objects, second.NewObjects));
        Assert.Equal([first.Name, second.Name], Backups.List().Select(backup => backup.Name));
        Assert.Empty(Verify(first));
        Assert.Empty(Verify(second));
    }

    [Fact]
    public async Task An_object_that_was_copied_without_its_line_is_copied_again()
    {
        await Ct.KeepAsync(store.Instances);
        Make();
        File.Delete(Path.Combine(Backups.Path, "objects.sha256"));
        File.WriteAllBytes(ObjectOf(Backups.Path), new byte[new FileInfo(ObjectOf(Backups.Path)).Length]);

        var again = Make();

        Assert.Equal(1, again.NewObjects);
        Assert.Empty(Verify(again));
    }

    [Theory]
    [InlineData("an altered database", "hub.db is not what was written")]
    [InlineData("no database", "hub.db is missing")]
    [InlineData("an altered object", "is not what was written")]
    [InlineData("an object cut short", "is not what was written")]
    [InlineData("no object", "is missing")]
    [InlineData("no key", "The store needs the wrapping key")]
    public async Task A_backup_that_decayed_is_told(string what, string told)
    {
        await Ct.KeepAsync(store.Instances);
        await store.DeliverAsync("B1", Resource("Observation", Id(1)));
        var made = Make();
        var (database, content) = (Path.Combine(Backups.At(made.Name), "hub.db"), ObjectOf(Backups.Path));
        switch (what)
        {
            case "an altered database": Alter(database); break;
            case "no database": File.Delete(database); break;
            case "an altered object": Alter(content); break;
            case "an object cut short": File.WriteAllBytes(content, File.ReadAllBytes(content)[..^1]); break;
            case "no object": File.Delete(content); break;
            default: File.Delete(Directory.GetFiles(Keys, "wrapping-*").Single()); break;
        }

        Assert.Contains(told, Assert.Single(Verify(made)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_that_decayed_replaces_nothing()
    {
        await Ct.KeepAsync(store.Instances);
        var made = Make();
        PutBack(made);
        Alter(Path.Combine(Backups.At(made.Name), "hub.db"));
        Assert.Contains("is not what was written: take another", Assert.Throws<IOException>(() => PutBack(made, replace: true)).Message, StringComparison.Ordinal);
        Assert.Equal("1", StoreContent.Ask(Restored, "SELECT count(*) FROM imaging_instance"));
    }

    [Fact]
    public async Task A_database_that_was_damaged_when_it_was_backed_up_is_told()
    {
        await store.DeliverAsync("B1", Resource("Observation", Id(1)));
        var made = Make();
        var database = Path.Combine(Backups.At(made.Name), "hub.db");
        File.WriteAllText(database, new string('x', 10_000));
        var manifest = made.Manifest with { DatabaseSha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(database))) };

        Assert.Contains("cannot be read", Assert.Single(BackupVerification.Run(Backups, made.Name, manifest, Keys, null, default)), StringComparison.Ordinal);
        Assert.Contains("take another backup", Assert.Throws<IOException>(() => BackupRestoring.Run(Backups, made.Name, manifest, Restored, replace: false, null, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_that_a_backup_has_lost_is_told_and_all_else_is_put_back()
    {
        var other = Ct with { SopInstanceUid = "2.25.9.2", Content = 2 };
        await Ct.KeepAsync(store.Instances);
        var lost = ObjectOf(store.Folder);
        await other.KeepAsync(store.Instances);
        var made = Make();
        File.Delete(Path.Combine(Backups.Path, Path.GetRelativePath(store.Folder, lost)));

        var report = BackupRestoring.Run(Backups, made.Name, made.Manifest, Restored, replace: false, null, default);

        Assert.Equal($"objects/{Path.GetFileName(lost)[..2]}/{Path.GetFileName(lost)} is missing", Assert.Single(report.Faults));
        CopyKeys();
        using var restored = SqliteUnderTest.In(Restored);
        await restored.OpenAsync(default);
        Assert.Equal(other.Bytes(), await SyntheticInstance.ReadAsync(restored.Instances, (await restored.Instances.FindAsync(other.SopInstanceUid, default))!));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("objects")]
    [InlineData("backups/new")]
    [InlineData("..")]
    [InlineData("link")]
    public void A_backup_does_not_stand_in_the_data_directory_nor_around_it(string place)
    {
        var link = Path.Combine(root, "link");
        Directory.CreateSymbolicLink(link, store.Folder);
        var folder = new BackupFolder(place == "link" ? link : Path.Combine(store.Folder, place));

        var refused = Assert.Throws<IOException>(() => BackupWriting.Run(store.Folder, folder, now, _ => { }, null, default));

        Assert.Contains("name a folder on another disk", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("backup.lock")));
    }

    [Fact]
    public async Task A_backup_is_not_put_back_onto_itself()
    {
        await store.DeliverAsync("B1", Resource("Observation", Id(1)));
        var made = Make();

        foreach (var own in new[] { Backups.Path, Backups.At(made.Name) })
            Assert.Contains("name another data directory", Assert.Throws<IOException>(() => PutBack(made, replace: true, own)).Message, StringComparison.Ordinal);
        Assert.Empty(Verify(made));
    }

    [Fact]
    public async Task What_the_store_has_lost_is_told_and_the_rest_is_kept()
    {
        await Ct.KeepAsync(store.Instances);
        await store.DeliverAsync("B1", Resource("Observation", Id(1)));
        File.Delete(ObjectOf(store.Folder));

        var made = Make();

        Assert.EndsWith("is missing", Assert.Single(made.Faults), StringComparison.Ordinal);
        Assert.Single(Backups.List());
    }

    [Fact]
    public async Task A_backup_that_was_cut_off_is_none_and_goes_with_the_next()
    {
        await store.DeliverAsync("B1", Resource("Observation", Id(1)));
        var cut = Make();
        File.Delete(Path.Combine(Backups.At(cut.Name), "backup.json"));
        Assert.Empty(Backups.List());

        var next = Make();

        Assert.Equal(next.Name, Assert.Single(Backups.List()).Name);
        Assert.False(Directory.Exists(Backups.At(cut.Name)));
    }

    [Fact]
    public void One_backup_at_a_time_is_written_into_a_folder()
    {
        var refused = "";

        BackupWriting.Run(store.Folder, Backups, now, _ => refused = Assert.Throws<IOException>(Make).Message, null, default);

        Assert.Contains("Another backup is being written", refused, StringComparison.Ordinal);
        Assert.Single(Backups.List());
    }

    [Fact]
    public async Task A_database_that_is_there_is_set_aside_with_its_log_and_only_where_it_is_said()
    {
        await store.DeliverAsync("B1", Resource("Observation", Id(1)));
        var made = Make();
        await store.DeliverAsync("B2", Resource("Observation", Id(2)));
        // As a kill leaves it: what came last is in the log alone.
        Directory.CreateDirectory(Restored);
        foreach (var file in Directory.GetFiles(store.Folder, "hub.db*")) File.Copy(file, Path.Combine(Restored, Path.GetFileName(file)));
        Assert.True(new FileInfo(Path.Combine(Restored, "hub.db-wal")).Length > 0);

        var refused = Assert.Throws<IOException>(() => PutBack(made));
        Assert.Contains("With --replace it is set aside", refused.Message, StringComparison.Ordinal);
        var aside = PutBack(made, replace: true);

        CopyKeys();
        Assert.Equal("1", StoreContent.Ask(Restored, "SELECT count(*) FROM deposit"));
        Assert.Equal("2", StoreContent.Ask(aside!, "SELECT count(*) FROM deposit"));
        using var restored = SqliteUnderTest.In(Restored);
        await restored.OpenAsync(default);
    }

    [Fact]
    public async Task Nothing_is_put_back_beside_a_hub_that_works_there()
    {
        await store.DeliverAsync("B1", Resource("Observation", Id(1)));
        var made = Make();

        var refused = Assert.Throws<IOException>(() => PutBack(made, replace: true, store.Folder));

        Assert.Contains("another hub works in", refused.Message, StringComparison.Ordinal);
        Assert.Equal("1", StoreContent.Ask(store.Folder, "SELECT count(*) FROM deposit"));
    }

    // Each in a second of its own.
    private BackupReport Make() => BackupWriting.Run(store.Folder, Backups, now = now.AddSeconds(1), _ => { }, null, default);

    private IReadOnlyList<string> Verify(BackupReport made) => BackupVerification.Run(Backups, made.Name, made.Manifest, Keys, null, default);

    private string? PutBack(BackupReport made, bool replace = false, string? into = null) =>
        BackupRestoring.Run(Backups, made.Name, made.Manifest, into ?? Restored, replace, null, default).Aside;

    private void CopyKeys()
    {
        Directory.CreateDirectory(Path.Combine(Restored, "keys"));
        foreach (var key in Directory.GetFiles(Keys)) File.Copy(key, Path.Combine(Restored, "keys", Path.GetFileName(key)));
    }

    private static string ObjectOf(string folder) =>
        Directory.GetFiles(Path.Combine(folder, "objects"), "*", SearchOption.AllDirectories).Single(file => Path.GetFileName(file).Length == 64);

    private static void Alter(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}
