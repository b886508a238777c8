using Microsoft.Data.Sqlite;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance.Sqlite;

public sealed class MigrationTests : IAsyncLifetime
{
    private readonly SqliteUnderTest store = new();

    private string Database => Path.Combine(store.Folder, "hub.db");

    public async ValueTask InitializeAsync() => await store.OpenAsync();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Scripts_run_once()
    {
        await store.Journal.AppendAsync(Entry("M1"), default);
        await store.ReopenAsync();
        await store.ReopenAsync();
        Assert.NotNull(await store.Journal.ReadAsync(new(1), default));
        Assert.Equal("1", Ask("SELECT count(*) > 2 AND count(*) = max(number) FROM migration"));
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused_and_left_alone()
    {
        store.Store.Dispose();
        Ask("INSERT INTO migration (number, name, applied_at) VALUES (9999, '9999_future.sql', 0)");
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(store.OpenAsync);
        Assert.Contains("schema 9999", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Database, refusal.Message, StringComparison.Ordinal);
        Ask("DELETE FROM migration WHERE number = 9999");
        await store.OpenAsync();
    }

    [Fact]
    public void The_file_is_kept_with_a_log_and_full_flushes()
    {
        Assert.Equal("wal", Ask("PRAGMA journal_mode"));
        Assert.Equal("ok", Ask("PRAGMA integrity_check"));
    }

    private string? Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}
