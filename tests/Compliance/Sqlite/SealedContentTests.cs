using System.Text;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>What is kept of messages and resources does not stand in the files, and does not open where it was altered or moved.</summary>
public sealed class SealedContentTests : IAsyncLifetime
{
    // Short messages are not compressed: unsealed, the marker would be found.
    private const string Marker = "MARKER OF AN OBSERVATION";

    private readonly SqliteUnderTest store = new();

    public async ValueTask InitializeAsync() => await store.OpenAsync();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task No_file_holds_what_the_messages_say()
    {
        await WriteEverywhereAsync();

        // With the write-ahead log beside it, then moved into the file.
        Assert.Contains("hub.db-wal", StoreContent.FilesWith(store.Folder, "CONTROL-IN-THE-CLEAR"));
        Assert.Empty(StoreContent.FilesWith(store.Folder, Marker));
        store.Store.Dispose();
        Assert.Contains("hub.db", StoreContent.FilesWith(store.Folder, "CONTROL-IN-THE-CLEAR"));
        Assert.Empty(StoreContent.FilesWith(store.Folder, Marker));
        await store.OpenAsync();
        Assert.Contains(Marker, Encoding.UTF8.GetString((await store.Journal.ReadAsync(new(1), default))!.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_column_is_sealed_and_opens_again()
    {
        await WriteEverywhereAsync();

        Assert.Equal(7, StoreContent.Seals(store.Folder).Count);
        var detail = (await store.DepositQueries.GetAsync(new(1), default))!;
        Assert.All(
            new[] { detail.Bytes, detail.RepairedBytes!.Value, detail.Acknowledgement!.Value, (await store.Record.ReadAsync("Observation", Id("sealed"), null, default))!.Json },
            content => Assert.Contains(Marker, Encoding.UTF8.GetString(content.Span), StringComparison.Ordinal));
        Assert.Equal(Marker, (await store.IdentityReviews.ListAsync(ReviewState.Open, 0, 10, default)).Single().Stated.BirthDate);
    }

    [Fact]
    public async Task No_key_seals_twice_with_one_nonce_across_runs_and_rollbacks()
    {
        for (var run = 0; run < 3; run++)
        {
            for (var number = 0; number < 20; number++) await store.DeliverAsync($"R{run}-{number}", Resource("Observation", Id($"{run}-{number}")));
            // A change at fault takes those of its transaction back; they are made again one by one.
            var consent = Joining(Id($"person {run}"));
            await store.Consents.AddAsync(consent, Audit(), default);
            var appends = Enumerable.Range(0, 50).Select(number => store.Journal.AppendAsync(Entry($"S{run}-{number}"), default)).ToList();
            var atFault = store.Consents.AddAsync(consent, Audit(), default);
            appends.AddRange(Enumerable.Range(50, 50).Select(number => store.Journal.AppendAsync(Entry($"S{run}-{number}"), default)));
            await Assert.ThrowsAnyAsync<Exception>(() => atFault);
            await Task.WhenAll(appends);
            await store.ReopenAsync();
        }

        var seals = StoreContent.Seals(store.Folder);
        Assert.Equal(3 * (20 * 2 + 100), seals.Count);
        Assert.Equal(seals.Count, seals.Distinct().Count());
        Assert.Equal(3, seals.Select(seal => seal.Key).Distinct().Count());
    }

    [Fact]
    public async Task Each_provider_has_keys_of_its_own()
    {
        await RegisterAsync("hospital", "his");
        await RegisterAsync("laboratory", "lis");
        foreach (var source in new[] { "his", "lis", "unregistered" }) await store.Journal.AppendAsync(Entry($"M-{source}", source: source), default);

        var keys = (await store.Store.StoreKeys.GetAsync(default)).DataKeys;
        Assert.Equal(["", "hospital", "laboratory"], keys.Select(key => key.ProviderId).Order(StringComparer.Ordinal));
        var used = StoreContent.Seals(store.Folder).Select(seal => seal.Key).ToList();
        Assert.Equal(3, used.Distinct().Count());
        Assert.Equal("hospital", keys.Single(key => key.Number == used[0]).ProviderId);
    }

    /// <summary>A deposit that is decided again writes behind what it wrote before.</summary>
    [Fact]
    public async Task A_body_that_cannot_be_opened_refuses_its_own_deposit_and_no_other()
    {
        var victim = await store.DeliverAsync("VICTIM", Resource("Observation", Id("victim")));
        var other = await store.DeliverAsync("OTHERS", Resource("Observation", Id("others")));
        var stored = Bytes("saga", "deposit", "body", victim);
        Put("saga", "deposit", "body", victim, Flip(stored, stored.Length - 1));

        DepositCommit Again(DepositId deposit) => Commit(deposit, version: 1, resources: [Resource("Observation", Id("again"))]);
        Assert.Equal(RejectionCode.ContentDamaged, (await store.Deposits.CommitAsync(Again(victim), default)).Rejection?.Code);
        Assert.True((await store.Deposits.CommitAsync(Again(other), default)).Accepted);
        Assert.True((await store.Deposits.CommitAsync(Commit(victim, DepositState.Quarantined, version: 1), default)).Accepted);
    }

    public static TheoryData<string, RejectionCode> Damages => new()
    {
        { "flip the last bit", RejectionCode.ContentDamaged },
        { "flip a bit of the text", RejectionCode.ContentDamaged },
        { "flip a bit of the seal's number", RejectionCode.ContentDamaged },
        { "name another key", RejectionCode.DataKeyUnknown },
        { "cut off the end", RejectionCode.ContentDamaged },
        { "cut off all but a byte", RejectionCode.ContentDamaged },
        { "put another row's there", RejectionCode.ContentDamaged },
        { "put another column's there", RejectionCode.ContentDamaged },
        { "write it unsealed", RejectionCode.ContentNotSealed },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Content_that_was_tampered_with_is_refused_by_number_and_row(string how, RejectionCode code)
    {
        var victim = await store.DeliverAsync("VICTIM", Resource("Observation", Id("victim")));
        var other = await store.DeliverAsync("OTHERS", Resource("Observation", Id("others")));
        var stored = Bytes("deposit", "id", "bytes", victim);
        var damaged = how switch
        {
            "flip the last bit" => Flip(stored, stored.Length - 1),
            "flip a bit of the text" => Flip(stored, stored.Length / 2),
            "flip a bit of the seal's number" => Flip(stored, 2),
            "name another key" => [stored[0], 0x7F, .. stored[2..]],
            "cut off the end" => stored[..^1],
            "cut off all but a byte" => stored[..1],
            "put another row's there" => Bytes("deposit", "id", "bytes", other),
            "put another column's there" => Bytes("saga", "deposit", "body", victim),
            _ => [0, .. Entry("VICTIM").Bytes.Span],
        };
        Put("deposit", "id", "bytes", victim, damaged);

        var refused = (await Assert.ThrowsAsync<RejectedException>(() => store.Journal.ReadAsync(victim, default))).Rejection;
        Assert.Equal((code, true), (refused.Code, refused.Detail.Contains($"deposit {victim}, column bytes", StringComparison.Ordinal)));
        Assert.Equal(code, (await Assert.ThrowsAsync<RejectedException>(() => store.DepositQueries.GetAsync(victim, default))).Rejection.Code);
        // Nobody can say whether it is the same message: the sender is told, and sends again when it is mended.
        Assert.Equal(code, (await store.Journal.AppendAsync(Entry("VICTIM"), default)).Rejection!.Code);

        Assert.Equal(other, (await store.Journal.ReadAsync(other, default))!.DepositId);
        Assert.Contains($"{(int)code} {code}: deposit {victim}", await store.Store.StoredContent.CheckAsync(default), StringComparison.Ordinal);
        Assert.False(store.Store.StoredContent.Vital);
        var audited = Assert.Single(await store.Audit.ListAsync(null, 10, default), entry => entry.Action == "damage");
        Assert.Equal(($"deposit:{victim}", false), (audited.Target, audited.Permitted));

        // A restart forgets nothing, and tells nothing twice.
        await store.ReopenAsync();
        Assert.Contains($"{(int)code} {code}: deposit {victim}", await store.Store.StoredContent.CheckAsync(default), StringComparison.Ordinal);
        Assert.Single(await store.Audit.ListAsync(null, 10, default), entry => entry.Action == "damage");

        Put("deposit", "id", "bytes", victim, stored);
        Assert.NotNull(await store.Journal.ReadAsync(victim, default));
        Assert.Null(await store.Store.StoredContent.CheckAsync(default));
        await store.ReopenAsync();
        Assert.Null(await store.Store.StoredContent.CheckAsync(default));
    }

    [Fact]
    public async Task A_record_with_a_damaged_body_is_refused_whole_and_the_store_opens_all_the_same()
    {
        var victim = await store.DeliverAsync("VICTIM", Resource("Observation", Id("victim")));
        await store.DeliverAsync("OTHERS", Resource("Observation", Id("others")));
        Put("saga", "deposit", "body", victim, Flip(Bytes("saga", "deposit", "body", victim), 20));
        await store.ReopenAsync();

        // Part of a record would look like all of it.
        var refused = (await Assert.ThrowsAsync<RejectedException>(() => store.Record.EverythingAsync(PersonId, null, 10, null, default))).Rejection;
        Assert.Equal((RejectionCode.ContentDamaged, $"deposit {victim}, column body: the content was altered, cut off or moved"), (refused.Code, refused.Detail));
        Assert.NotNull(await store.Record.ReadAsync("Observation", Id("others"), null, default));
        await store.DeliverAsync("LATER", Resource("Observation", Id("later")));
    }

    [Fact]
    public async Task An_equal_resource_makes_no_version_in_another_run()
    {
        await store.DeliverAsync("M1", Resource("Observation", Id("same"), "\"status\":\"final\""));
        await store.ReopenAsync();
        await store.DeliverAsync("M2", Resource("Observation", Id("same"), "\"status\":\"final\""));
        Assert.Equal(1, (await store.Record.ReadAsync("Observation", Id("same"), null, default))!.Version);
        await store.DeliverAsync("M3", Resource("Observation", Id("same"), "\"status\":\"amended\""));
        Assert.Equal(2, (await store.Record.ReadAsync("Observation", Id("same"), null, default))!.Version);
    }

    [Fact]
    public async Task The_hash_of_a_resource_is_not_that_of_its_text()
    {
        var resource = Resource("Observation", Id("hashed"));
        await store.DeliverAsync("M1", resource);
        var bare = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(System.Security.Cryptography.SHA256.HashData(resource.Json.Span));
        Assert.NotEqual(bare.ToString(System.Globalization.CultureInfo.InvariantCulture), StoreContent.Ask(store.Folder, "SELECT hash FROM resource"));
        Assert.Equal("0", StoreContent.Ask(store.Folder, "SELECT length(sha256) FROM deposit"));
    }

    private async Task RegisterAsync(string provider, string source)
    {
        await store.Registry.SaveAsync(new Provider(provider, provider, "", ProviderKind.Clinic), default);
        await store.Registry.SaveAsync(new ServiceLocation(provider + "-1", provider, provider, ""), default);
        await store.Registry.SaveAsync(new Source(source, provider, provider + "-1", source, provider, "UNICODE UTF-8"), default);
    }

    /// <summary>One piece of content in each of the columns.</summary>
    private async Task WriteEverywhereAsync()
    {
        var receipt = (await store.Journal.AppendAsync(Entry("CONTROL-IN-THE-CLEAR", text: $"OBX|1|TX|||{Marker}\r", answer: $"MSA|AA|{Marker}"), default)).Value;
        await store.Deposits.CommitAsync(
            Commit(receipt.DepositId, resources: [Resource("Observation", Id("sealed"), $"\"valueString\":\"{Marker}\"")], answer: $"MSA|AA|{Marker}"), default);
        await store.Deposits.RepairAsync(receipt.DepositId, Encoding.UTF8.GetBytes($"OBX|1|TX|||{Marker} repaired\r"), Audit(), default);
        await store.Journal.AppendAsync(Entry("REFUSED", text: $"OBX|1|TX|||{Marker}\r", rejection: new(RejectionCode.SourceUnknown, "synthetic"), source: null), default);
        var stated = new StatedIdentity("synthetic-lab", Id("fingerprint"), [], [], Marker, "", []);
        await store.IdentityReviews.OpenAsync(ReviewCause.NoNumber, stated, [], receipt.DepositId, Audit(), default);
    }

    private byte[] Bytes(string table, string row, string column, DepositId id) => StoreContent.Blob(store.Folder, table, row, column, id.Value);

    private void Put(string table, string row, string column, DepositId id, byte[] content) =>
        StoreContent.Ask(store.Folder, $"UPDATE {table} SET {column} = $content WHERE {row} = $row", ("$content", content), ("$row", id.Value));

    private static byte[] Flip(byte[] content, int at)
    {
        byte[] flipped = [.. content];
        flipped[at] ^= 1;
        return flipped;
    }
}
