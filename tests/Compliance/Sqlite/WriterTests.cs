using EHealthPlus.Adapters.Storage.Sqlite;
using EHealthPlus.Adapters.Storage.Sqlite.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance.Sqlite;

public sealed class WriterTests : IAsyncLifetime
{
    private readonly SqliteUnderTest store = new();

    public async ValueTask InitializeAsync() => await store.OpenAsync();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Callers_that_wait_at_the_same_time_share_a_flush()
    {
        var before = store.Store.Commits;
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => store.Journal.AppendAsync(Entry($"M{number}"), default)));
        Assert.InRange(store.Store.Commits - before, 1, 500);
    }

    [Theory]
    [InlineData(true, 5_000, true)]
    [InlineData(false, 5_000, false)]
    [InlineData(true, 100_000, false)]
    public async Task Only_who_answers_at_once_is_told_on_the_writers_thread(bool answersAtOnce, int length, bool there)
    {
        var threads = new List<string?>();
        for (var number = 0; number < 20; number++) await TellAsync(new($"2.25.3.{number}") { Length = length, AnswersAtOnce = answersAtOnce });

        // A flush takes long enough that most calls wait for it; what is done before somebody waits is nobody's thread.
        Assert.Equal(there, threads.Contains("store writer"));

        async Task TellAsync(SyntheticInstance instance)
        {
            await instance.KeepAsync(store.Instances).ContinueWith(
                kept => threads.Add(kept.Result.Accepted ? Thread.CurrentThread.Name : "refused"), default, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            await Task.Yield();
        }
    }

    [Fact]
    public async Task One_change_at_fault_does_not_spoil_those_that_share_its_flush()
    {
        var consent = Joining(PersonId);
        await store.Consents.AddAsync(consent, Audit(), default);
        var appends = Enumerable.Range(0, 200).Select(number => store.Journal.AppendAsync(Entry($"M{number}"), default)).ToList();
        var audits = Enumerable.Range(0, 50).Select(number => store.Audit.RecordAsync(Audit(reason: $"rule {number}"), default)).ToList();
        // The same consent id again is a fault of the caller.
        var atFault = store.Consents.AddAsync(consent, Audit(), default);
        appends.AddRange(Enumerable.Range(200, 200).Select(number => store.Journal.AppendAsync(Entry($"M{number}"), default)));
        await Assert.ThrowsAsync<SqliteException>(() => atFault);
        var receipts = await Task.WhenAll(appends);
        Assert.All(receipts, receipt => Assert.Equal(JournalVerdict.New, receipt.Value.Verdict));
        Assert.Equal(400, receipts.Select(receipt => receipt.Value.DepositId).Distinct().Count());
        await Task.WhenAll(audits);
        Assert.Equal(51, (await store.Audit.ListAsync(null, 100, default)).Count);
        Assert.Null(AuditVerification.Run(store.Folder, [], default).Finding);
        await store.ReopenAsync();
        Assert.Equal(400, (await store.DepositQueries.ListAsync(new(Count: 1000), default)).Count);
    }

    [Fact]
    public async Task What_a_failed_change_gave_a_number_to_is_numbered_again()
    {
        await store.Consents.AddAsync(Joining(PersonId), Audit(), default);
        var newcomer = Id("newcomer");
        await Assert.ThrowsAsync<SqliteException>(() => store.Consents.AddAsync(Joining(PersonId) with { PersonId = newcomer }, Audit(), default));
        await store.Consents.AddAsync(Joining(newcomer), Audit(), default);
        Assert.Equal([Joining(newcomer)], await store.Consents.ForPersonAsync(newcomer, default));
    }

    [Fact]
    public async Task A_read_after_a_commit_sees_it()
    {
        for (var number = 0; number < 100; number++)
        {
            await store.DeliverAsync($"M{number}", Resource("Observation", Id(number)));
            Assert.NotNull(await store.Record.ReadAsync("Observation", Id(number), null, default));
        }
    }

    [Fact]
    public async Task The_log_does_not_grow_with_what_is_written()
    {
        var noise = new byte[60_000];
        for (var round = 0; round < 60; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            {
                new Random(round * 100 + number).NextBytes(noise);
                return store.Journal.AppendAsync(Entry($"M{round}-{number}") with { Bytes = noise.ToArray() }, default);
            }));
        }

        // 72 MB were written.
        Assert.InRange(new FileInfo(Path.Combine(store.Folder, "hub.db-wal")).Length, 1, 64 << 20);
        store.Store.Dispose();
        Assert.InRange(new FileInfo(Path.Combine(store.Folder, "hub.db")).Length, 70 << 20, 100 << 20);
        Assert.True(new FileInfo(Path.Combine(store.Folder, "hub.db-wal")) is not { Exists: true, Length: > 0 });
        await store.OpenAsync();
    }

    [Fact]
    public async Task Resources_are_found_while_and_after_their_keys_are_folded_into_the_table()
    {
        // 80,000 of 130,000 resources start the folding; it goes on by a part at each commit.
        for (var number = 0; number < 26; number++)
            await store.DeliverAsync($"M{number}", [.. Enumerable.Range(number * 5000, 5000).Select(id => Resource("Observation", Id(id)))]);
        await FoldAsync();
        var folded = Ask("SELECT until FROM key_folding");
        Assert.InRange(folded, 80_000, 86_000);
        Assert.Equal(folded, Ask($"SELECT count(*) FROM resource_key WHERE resource <= {folded}"));
        await CheckAsync();
        await store.ReopenAsync();
        await CheckAsync();

        async Task CheckAsync()
        {
            for (var id = 0; id < 130_000; id += 997)
                Assert.Equal(id, (await store.Record.ReadAsync("Observation", Id(id), null, default)) is { } found && found.Id == Id(id) ? id : -1);
            Assert.Equal(2, (await store.Record.ReadAsync("Observation", Id(31), null, default))!.Version);
            Assert.NotNull(await store.Record.ReadAsync("Encounter", Id(1), null, default));
            Assert.Equal(130_000, (await store.Record.SearchAsync(new("Observation", PersonId, [], [], [], [], [], [], null, 1, null), default)).Total);
        }
    }

    [Fact]
    public async Task Parts_of_one_whole_are_told_from_new_ones_by_the_table()
    {
        // Orders with two results each; their keys are in the table after the folding.
        for (var number = 0; number < 27; number++)
            await store.DeliverAsync($"M{number}", [.. Enumerable.Range(number * 1000, 1000).SelectMany(order => new[]
            {
                Resource("ServiceRequest", Part(order, 0)), Resource("Observation", Part(order, 0)), Resource("Observation", Part(order, 1)),
            })]);
        await FoldAsync();
        await store.ReopenAsync();

        // A correction, a further result of the same order, and a new order, whose id comes next to it.
        await store.DeliverAsync(
            "Corrected", Resource("Observation", Part(7, 1), "\"note\":1"), Resource("Observation", Part(7, 2)), Resource("DiagnosticReport", Part(7, 0)),
            Resource("Observation", Part(90_007, 1)), Resource("ServiceRequest", Part(90_007, 0)), Resource("ServiceRequest", Part(7, 0), "\"note\":2"));
        Assert.Equal(2, await VersionAsync("Observation", Part(7, 1)));
        Assert.Equal(2, await VersionAsync("ServiceRequest", Part(7, 0)));
        foreach (var (type, id) in new[] { ("Observation", Part(7, 2)), ("DiagnosticReport", Part(7, 0)), ("Observation", Part(90_007, 1)), ("ServiceRequest", Part(90_007, 0)), ("Observation", Part(7, 0)) })
            Assert.Equal(1, await VersionAsync(type, id));

        static string Part(int order, int part) => $"{Id(order)}{part:x16}";

        async Task<int?> VersionAsync(string type, string id) => (await store.Record.ReadAsync(type, id, null, default))?.Version;
    }

    private async Task FoldAsync()
    {
        for (var number = 0; Ask("SELECT until FROM key_folding") == 0; number++)
        {
            Assert.InRange(number, 0, 500);
            await store.DeliverAsync($"N{number}", Resource("Observation", Id(number * 31), $"\"note\":{number}"), Resource("Encounter", Id(number)));
        }
    }

    private long Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(store.Folder, "hub.db")};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    [Fact]
    public async Task The_host_opens_the_store_before_other_services_and_closes_it_after_them()
    {
        var folder = Directory.CreateTempSubdirectory("ehealthplus-host-").FullName;
        try
        {
            var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
            builder.Services.AddHostedService<FirstAndLast>();
            builder.Services.AddSqliteStore(folder);
            using (var host = builder.Build())
            {
                await host.StartAsync(default);
                Assert.Null(await host.Services.GetRequiredService<IReadinessCheck>().CheckAsync(default));
                await host.StopAsync(default);
                Assert.NotNull(await host.Services.GetRequiredService<IReadinessCheck>().CheckAsync(default));
            }

            using var reopened = SqliteUnderTest.In(folder);
            await reopened.OpenAsync(default);
            Assert.Equal(["M-stop", "M-start"], (await reopened.DepositQueries.ListAsync(new(), default)).Select(deposit => deposit.ControlId!));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class FirstAndLast(IDepositJournal journal) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => journal.AppendAsync(Entry("M-start"), cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => journal.AppendAsync(Entry("M-stop"), cancellationToken);
    }
}
