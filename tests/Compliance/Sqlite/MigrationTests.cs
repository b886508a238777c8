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
    public async Task A_study_of_two_sources_is_parted_and_each_part_opens()
    {
        var first = new SyntheticInstance("2.25.9.1") { SourceId = "first" };
        foreach (var instance in (SyntheticInstance[])
            [first, first with { SopInstanceUid = "2.25.9.2", SourceId = "second" }, first with { SopInstanceUid = "2.25.9.3", SourceId = "second", SeriesInstanceUid = "2.25.1.2", SeriesNumber = 2 }])
            Assert.True((await instance.KeepAsync(store.Instances)).Accepted);
        store.Store.Dispose();
        // As the scripts before left it: one row a UID, of the first source, with the series of all.
        Ask("""
            UPDATE imaging_series SET study = 1 WHERE num = 3;
            UPDATE imaging_instance SET series = 1 WHERE series = 2;
            UPDATE imaging_series SET instances = 2 WHERE num = 1;
            DELETE FROM imaging_series WHERE num = 2;
            UPDATE imaging_gathering SET study = 1;
            DELETE FROM imaging_study WHERE num = 2;
            UPDATE imaging_study SET conflicts = 2;
            DROP TABLE imaging_copied;
            DROP TABLE damaged_content;
            DROP INDEX identity_review_open;
            DELETE FROM migration WHERE number >= (SELECT number FROM migration WHERE name LIKE '%_study_of_a_source.sql');
            """);

        await store.OpenAsync();

        var sources = (await store.Studies.QuietAsync(Noon, 10, default)).OrderBy(study => study.SourceId, StringComparer.Ordinal).ToList();
        Assert.Equal(["first", "second"], sources.Select(study => study.SourceId));
        var (one, two) = (await store.Studies.ReadAsync(sources[0], default), await store.Studies.ReadAsync(sources[1], default));
        Assert.Equal([1], one.Series.Select(series => series.Instances.Count));
        Assert.Equal([1, 1], two.Series.Select(series => series.Instances.Count));
        Assert.Equal((2, 2), (one.Conflicts, two.Conflicts));
        Assert.Equal(one.Patient.ToArray(), two.Patient.ToArray());
        Assert.Equal(one.Study.ToArray(), two.Study.ToArray());
        Assert.Equal(("0", "3", "3"), (Ask("SELECT count(*) FROM imaging_copied"), Ask("SELECT sum(instances) FROM imaging_series"), Ask("SELECT count(*) FROM imaging_series")));
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
