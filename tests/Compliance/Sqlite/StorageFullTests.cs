using EHealthPlus.Adapters.Storage.Sqlite.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>A store without room refuses, keeps what it acknowledged, and goes on by itself when there is room.</summary>
public sealed class StorageFullTests
{
    private const long OneMegabyte = 1 << 20;

    [Fact]
    public async Task A_full_store_refuses_and_recovers()
    {
        var folder = Directory.CreateTempSubdirectory("ehealthplus-full-").FullName;
        try
        {
            var kept = new List<long>();
            using (var store = SqliteUnderTest.In(folder, OneMegabyte))
            {
                await store.OpenAsync(default);
                var rejection = await FillAsync(store.Journal, kept);
                Assert.Equal(RejectionCode.StorageFull, rejection.Code);
                Assert.InRange(kept.Count, 5, 100);

                Assert.Equal(RejectionCode.StorageFull, (await store.Deposits.CommitAsync(Commit(new(kept[0]), resources: [Incompressible(1)]), default)).Rejection?.Code);
                await Assert.ThrowsAsync<IOException>(() => store.Audit.RecordAsync(Audit(reason: new string('r', 100_000)), default));
                Assert.NotNull(await store.CheckAsync(default));

                foreach (var id in kept) Assert.NotNull(await store.Journal.ReadAsync(new(id), default));
                Assert.Equal(DepositState.Received, (await store.Deposits.LoadSagaAsync(new(kept[0]), default))!.State);
                Assert.Equal(0, (await store.Record.EverythingAsync(PersonId, null, 1, null, default)).Total);
            }

            using (var store = SqliteUnderTest.In(folder, OneMegabyte))
            {
                await store.OpenAsync(default);
                // Before the first sender meets it.
                Assert.Equal("The store has no room left", await store.CheckAsync(default));
            }

            using (var store = SqliteUnderTest.In(folder, 4 * OneMegabyte))
            {
                await store.OpenAsync(default);
                Assert.Equal(kept.Count, (await store.DepositQueries.ListAsync(new(Count: 1000), default)).Count);
                Assert.True((await store.Journal.AppendAsync(Large(1000), default)).Accepted);
                Assert.Null(await store.CheckAsync(default));
                Assert.Null(AuditVerification.Run(folder, [], default).Finding);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_full_store_is_ready_again_when_it_has_room_without_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("ehealthplus-full-").FullName;
        try
        {
            using var store = SqliteUnderTest.In(folder, OneMegabyte);
            await store.OpenAsync(default);
            Assert.Null(await store.CheckAsync(default));
            var kept = new List<long>();
            await FillAsync(store.Journal, kept);
            Assert.Equal("The store has no room left", await store.CheckAsync(default));

            // Room comes back as it would on a disk: another program removes something.
            using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "hub.db")};Pooling=False"))
            {
                other.Open();
                using var command = other.CreateCommand();
                command.CommandText = $"DELETE FROM deposit WHERE id > {kept[2]}";
                command.ExecuteNonQuery();
            }

            Assert.Null(await store.CheckAsync(default));
            Assert.True((await store.Journal.AppendAsync(Large(2000), default)).Accepted);
            Assert.NotNull(await store.Journal.ReadAsync(new(kept[0]), default));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Rejection> FillAsync(IDepositJournal journal, List<long> kept)
    {
        for (var number = 0; number < 1000; number++)
        {
            var receipt = await journal.AppendAsync(Large(number), default);
            if (!receipt.Accepted) return receipt.Rejection;
            kept.Add(receipt.Value.DepositId.Value);
        }

        throw new InvalidOperationException("It never was full");
    }

    private static JournalEntry Large(int seed) => Entry($"M{seed}") with { Bytes = Noise(seed, 40_000) };

    private static EHealthPlus.Routing.Contracts.Messages.TranslatedResource Incompressible(int seed) =>
        Resource("Binary", Id(seed), $"\"data\":\"{Convert.ToBase64String(Noise(seed, 100_000))}\"");

    private static byte[] Noise(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
