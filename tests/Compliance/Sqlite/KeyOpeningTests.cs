using EHealthPlus.Routing.Contracts.Rejections;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>A store whose wrapping key is not there, or is not the one, does not open, says which file is wanted, and is left alone.</summary>
public sealed class KeyOpeningTests : IAsyncLifetime
{
    private readonly SqliteUnderTest store = new();

    private string Keys => Path.Combine(store.Folder, "keys");

    private string KeyFile => Assert.Single(Directory.GetFiles(Keys, "wrapping-*.key"));

    public async ValueTask InitializeAsync()
    {
        await store.OpenAsync();
        await store.DeliverAsync("M1", Resource("Observation", Id("kept")));
        store.Store.Dispose();
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Without_its_key_the_store_stays_closed_and_makes_no_other()
    {
        var (file, away) = (KeyFile, Path.Combine(store.Folder, "away"));
        File.Move(file, away);

        var refusal = (await Assert.ThrowsAsync<RejectedException>(store.OpenAsync)).Rejection;

        Assert.Equal(RejectionCode.StoreKeyMissing, refusal.Code);
        Assert.Contains(Path.GetFileName(file), refusal.Detail, StringComparison.Ordinal);
        Assert.Contains(Keys, refusal.Detail, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Keys, "wrapping-*.key"));
        File.Move(away, file);
        await store.OpenAsync();
        Assert.NotNull(await store.Journal.ReadAsync(new(1), default));
    }

    [Fact]
    public async Task The_key_of_another_store_does_not_open_it()
    {
        await using var stranger = new SqliteUnderTest();
        await stranger.OpenAsync();
        var file = KeyFile;
        var right = File.ReadAllText(file);
        File.Delete(file);
        var strange = Directory.GetFiles(Path.Combine(stranger.Folder, "keys"), "wrapping-*.key").Single();
        File.Copy(strange, Path.Combine(Keys, Path.GetFileName(strange)));

        var missing = (await Assert.ThrowsAsync<RejectedException>(store.OpenAsync)).Rejection;
        Assert.Equal(RejectionCode.StoreKeyMissing, missing.Code);
        Assert.Contains(Path.GetFileNameWithoutExtension(strange)["wrapping-".Length..], missing.Detail, StringComparison.Ordinal);

        // Even under the name that is wanted.
        File.Copy(strange, file);
        var wrong = (await Assert.ThrowsAsync<RejectedException>(store.OpenAsync)).Rejection;
        Assert.Equal(RejectionCode.StoreKeyDamaged, wrong.Code);
        Assert.Contains(file, wrong.Detail, StringComparison.Ordinal);

        File.WriteAllText(file, right);
        await store.OpenAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key at all")]
    [InlineData("-----BEGIN EHEALTHPLUS STORE WRAPPING KEY-----\nAAAA\n-----END EHEALTHPLUS STORE WRAPPING KEY-----")]
    public async Task A_damaged_key_file_is_named(string content)
    {
        var file = KeyFile;
        File.WriteAllText(file, content);

        var refusal = (await Assert.ThrowsAsync<RejectedException>(store.OpenAsync)).Rejection;

        Assert.Equal((RejectionCode.StoreKeyDamaged, true), (refusal.Code, refusal.Detail.Contains(file, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_data_key_that_was_altered_is_refused_by_its_number()
    {
        StoreContent.Ask(store.Folder, "UPDATE data_key SET wrapped = randomblob(60) WHERE purpose = 1");
        await store.OpenAsync();

        var refusal = (await Assert.ThrowsAsync<RejectedException>(() => store.Journal.ReadAsync(new(1), default))).Rejection;

        Assert.Equal((RejectionCode.DataKeyDamaged, "data key 2: it cannot be unwrapped"), (refusal.Code, refusal.Detail));
    }

    [Fact]
    public void The_key_is_for_its_owners_eyes_only()
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Keys));
    }

    [Fact]
    public async Task A_key_that_lies_ready_is_taken_by_a_new_store()
    {
        await using var later = new SqliteUnderTest();
        Directory.CreateDirectory(Path.Combine(later.Folder, "keys"));
        File.Copy(KeyFile, Path.Combine(later.Folder, "keys", Path.GetFileName(KeyFile)));
        await later.OpenAsync();

        var line = Assert.Single((await later.Store.StoreKeys.GetAsync(default)).WrappingKeys);
        Assert.Equal(Path.GetFileName(KeyFile), $"wrapping-{line.Id}.key");
        Assert.Single(Directory.GetFiles(Path.Combine(later.Folder, "keys"), "wrapping-*.key"));
    }
}
