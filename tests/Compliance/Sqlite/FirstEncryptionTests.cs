using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Routing.Contracts.Deposits;
using Microsoft.Data.Sqlite;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>A database that was written before there was encryption opens, works, and is sealed in the background.</summary>
public sealed class FirstEncryptionTests : IAsyncLifetime
{
    private const int Deposits = 300;
    private const string Marker = "PLAIN TEXT OF AN OLD DATABASE";

    private readonly SqliteUnderTest store = new();

    public async ValueTask InitializeAsync()
    {
        await store.OpenAsync();
        for (var number = 0; number < Deposits; number++) await store.DeliverAsync($"M{number}", Old(number));
        store.Store.Dispose();
        Unseal();
        Assert.NotEmpty(StoreContent.FilesWith(store.Folder, Marker));
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task It_is_sealed_whole_and_nothing_of_it_stays_in_the_files()
    {
        await store.OpenAsync();
        await FinishedAsync();

        Assert.Equal(Deposits * 2, StoreContent.Seals(store.Folder).Count);
        var pass = (await store.Store.StoreKeys.GetAsync(default)).Reencryption!;
        Assert.Equal((true, (long)Deposits, 0L), (pass.FirstTime, pass.Done, pass.Failed));
        for (var number = 0; number < Deposits; number++)
        {
            Assert.Equal(Entry($"M{number}").Bytes.ToArray(), (await store.Journal.ReadAsync(new(number + 1), default))!.Bytes.ToArray());
            Assert.Contains(Marker, Encoding.UTF8.GetString((await store.Record.ReadAsync("Observation", Id(number), null, default))!.Json.Span), StringComparison.Ordinal);
        }

        store.Store.Dispose();
        Assert.Empty(StoreContent.FilesWith(store.Folder, Marker));
        await store.OpenAsync();
    }

    [Fact]
    public async Task Repeats_and_equal_resources_are_told_before_and_after()
    {
        await store.OpenAsync();
        await IsToldAsync(0);
        await FinishedAsync();
        await IsToldAsync(1);
        Assert.Equal("0", StoreContent.Ask(store.Folder, "SELECT max(length(sha256)) FROM deposit"));
        var bare = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Old(2).Json.Span));
        Assert.Equal("0", StoreContent.Ask(store.Folder, $"SELECT count(*) FROM resource WHERE hash = {bare}"));
        await IsToldAsync(2);

        async Task IsToldAsync(int number)
        {
            Assert.Equal(JournalVerdict.Repeat, (await store.Journal.AppendAsync(Entry($"M{number}"), default)).Value.Verdict);
            Assert.Equal(JournalVerdict.KeyReused, (await store.Journal.AppendAsync(Entry($"M{number}", text: "other bytes"), default)).Value.Verdict);
            await store.DeliverAsync($"AGAIN{number}", Old(number));
            Assert.Equal(1, (await store.Record.ReadAsync("Observation", Id(number), null, default))!.Version);
        }
    }

    [Fact]
    public async Task Afterwards_nothing_unsealed_is_taken()
    {
        await store.OpenAsync();
        await FinishedAsync();
        StoreContent.Ask(store.Folder, "UPDATE deposit SET bytes = $bytes WHERE id = 1", ("$bytes", (byte[])[0, .. Entry("M0").Bytes.Span]));

        var refused = await Assert.ThrowsAsync<Routing.Contracts.Rejections.RejectedException>(() => store.Journal.ReadAsync(new(1), default));

        Assert.Equal(Routing.Contracts.Rejections.RejectionCode.ContentNotSealed, refused.Rejection.Code);
    }

    private static Routing.Contracts.Messages.TranslatedResource Old(int number) => Resource("Observation", Id(number), $"\"valueString\":\"{Marker} {number}\"");

    /// <summary>Puts the database into the form that it had before there were keys, just migrated: content packed and not sealed, bare hashes.</summary>
    private void Unseal()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(store.Folder, "hub.db")};Pooling=False");
        connection.Open();
        for (var number = 0; number < Deposits; number++)
        {
            var (bytes, json) = (Entry($"M{number}").Bytes.ToArray(), Old(number).Json.ToArray());
            // One entry, its length as a varint of one or two bytes, the entry; 0 in front: not compressed.
            byte[] length = json.Length < 0x80 ? [(byte)json.Length] : [(byte)(json.Length | 0x80), (byte)(json.Length >> 7)];
            using var command = connection.CreateCommand();
            command.CommandText = """
                UPDATE deposit SET bytes = $bytes, sha256 = $sha256 WHERE id = $id;
                UPDATE saga SET body = $body WHERE deposit = $id;
                UPDATE resource SET hash = $hash WHERE deposit = $id;
                """;
            command.Parameters.AddWithValue("$id", number + 1);
            command.Parameters.AddWithValue("$bytes", (byte[])[0, .. bytes]);
            command.Parameters.AddWithValue("$sha256", SHA256.HashData(bytes));
            command.Parameters.AddWithValue("$body", (byte[])[0, 1, .. length, .. json]);
            command.Parameters.AddWithValue("$hash", BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(json)));
            command.ExecuteNonQuery();
        }

        StoreContent.Ask(store.Folder, "DELETE FROM wrapping_key; DELETE FROM data_key; DELETE FROM reencryption");
    }

    private async Task FinishedAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while ((await store.Store.StoreKeys.GetAsync(default)).Reencryption is not { FinishedAt: not null })
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60), "It was not sealed within a minute");
            await Task.Delay(20);
        }
    }
}
