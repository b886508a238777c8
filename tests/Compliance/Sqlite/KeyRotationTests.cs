using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Adapters.Storage.Sqlite.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Keys;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>Keys are replaced while messages come; nothing is lost, and nothing stays under the old ones.</summary>
public sealed class KeyRotationTests : IAsyncLifetime
{
    private readonly SqliteUnderTest store = new();

    public async ValueTask InitializeAsync() => await store.OpenAsync();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Under_load_nothing_is_lost_and_nothing_stays_under_an_old_key()
    {
        using var stop = new CancellationTokenSource();
        var written = 0;
        var load = Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var number = 0; !stop.IsCancellationRequested; number++)
            {
                await store.DeliverAsync($"{caller}-{number}", Resource("Observation", Id($"{caller}-{number}")));
                Interlocked.Increment(ref written);
            }
        })).ToList();
        await UntilAsync(() => Task.FromResult(Volatile.Read(ref written) > 500));
        var before = await store.Store.StoreKeys.GetAsync(default);
        var at = written;

        Assert.True((await RotateAsync(RotationScope.Everything)).Accepted);
        await FinishedAsync();
        Assert.True(Volatile.Read(ref written) > at, "Nothing was written while the keys were replaced");
        await stop.CancelAsync();
        await Task.WhenAll(load);

        await CheckAllAsync(written);
        var after = await store.Store.StoreKeys.GetAsync(default);
        var current = after.DataKeys.Select(key => key.Number).ToHashSet();
        Assert.DoesNotContain(before.DataKeys, key => current.Contains(key.Number));
        Assert.All(StoreContent.Seals(store.Folder), seal => Assert.Contains(seal.Key, current));
        Assert.Equal((before.DataKeys.Count, 0L), (after.Destroyed, after.Reencryption!.Failed));

        // The old wrapping key opens nothing any more, and nothing asks for it.
        Assert.Equal([after.WrappingKeys[0].Id, before.WrappingKeys[0].Id], after.WrappingKeys.Select(key => key.Id));
        File.Delete(Path.Combine(store.Folder, "keys", $"wrapping-{before.WrappingKeys[0].Id}.key"));
        await store.ReopenAsync();
        await CheckAllAsync(written);
        Assert.Null(AuditVerification.Run(store.Folder, [], default).Finding);
    }

    // More of them than one step of the pass takes.
    [Fact]
    public async Task What_stations_said_of_their_steps_opens_under_new_keys_and_nothing_stays_under_old_ones()
    {
        for (var number = 1; number <= 150; number++) Assert.Null(await SaveAsync(Step(number, StepState.InProgress, 0)));
        var before = await store.Store.StoreKeys.GetAsync(default);
        var sealedBefore = StoreContent.Sealed(store.Folder);

        Assert.True((await RotateAsync(RotationScope.Everything)).Accepted);
        // A step goes on, and another begins, while the pass is on its way.
        Assert.Null(await SaveAsync(Step(150, StepState.Completed, 1)));
        Assert.Null(await SaveAsync(Step(151, StepState.InProgress, 0)));
        await FinishedAsync();

        var after = await store.Store.StoreKeys.GetAsync(default);
        Assert.Equal((before.DataKeys.Count, 0L), (after.Destroyed, after.Reencryption!.Failed));
        Assert.Equal(after.Reencryption.All, after.Reencryption.Done);
        var current = after.DataKeys.Select(key => key.Number).ToHashSet();
        Assert.DoesNotContain(before.DataKeys, key => current.Contains(key.Number));
        var seals = StoreContent.Seals(store.Folder);
        Assert.Equal(151, seals.Count);
        Assert.All(seals, seal => Assert.Contains(seal.Key, current));
        File.Delete(Path.Combine(store.Folder, "keys", $"wrapping-{before.WrappingKeys[0].Id}.key"));
        await store.ReopenAsync();
        for (var number = 1; number <= 151; number++)
        {
            var expected = Step(number, number == 150 ? StepState.Completed : StepState.InProgress, number == 150 ? 2 : 1);
            var found = (await store.PerformedSteps.FindAsync(expected.SopInstanceUid, default))!;
            Assert.Equal((expected.State, expected.Version), (found.State, found.Version));
            Assert.Equal(expected.Attributes.ToArray(), found.Attributes.ToArray());
            Assert.Equal(expected.Created.ToArray(), found.Created.ToArray());
        }

        store.Store.Dispose();
        Assert.Equal(0, StoreContent.StillIn(store.Folder, sealedBefore));
    }

    [Fact]
    public async Task The_wrapping_key_alone_leaves_the_content_as_it_is()
    {
        await store.DeliverAsync("M1", Resource("Observation", Id("M1")));
        var seals = StoreContent.Seals(store.Folder);

        var rotated = await RotateAsync(RotationScope.WrappingKey);

        Assert.Equal(2, rotated.Value.WrappingKeys.Count);
        Assert.Null(rotated.Value.Reencryption);
        await store.DeliverAsync("M2", Resource("Observation", Id("M2")));
        Assert.Equal(seals, StoreContent.Seals(store.Folder).Where(seals.Contains));
        await store.ReopenAsync();
        await CheckAllAsync(2);
    }

    [Fact]
    public async Task One_providers_keys_are_replaced_and_the_others_stay()
    {
        foreach (var provider in new[] { "hospital", "laboratory" })
        {
            await store.Registry.SaveAsync(new Provider(provider, provider, "", ProviderKind.Clinic), default);
            await store.Registry.SaveAsync(new Source(provider, provider, provider, provider, provider), default);
            await store.Journal.AppendAsync(Entry($"M-{provider}", source: provider), default);
        }

        var before = StoreContent.Seals(store.Folder);
        Assert.True((await RotateAsync(RotationScope.Provider, "hospital")).Accepted);
        await FinishedAsync();

        var after = StoreContent.Seals(store.Folder);
        Assert.NotEqual(before[0].Key, after[0].Key);
        Assert.Equal(before[1], after[1]);
        Assert.Equal(["hospital 2", "laboratory 1"], (await store.Store.StoreKeys.GetAsync(default)).DataKeys.Select(key => $"{key.ProviderId} {key.Epoch}").Order(StringComparer.Ordinal));
        await CheckAllAsync(2);
    }

    [Fact]
    public async Task What_was_sealed_before_stays_in_no_page_of_the_files()
    {
        // From the 128th key on a key's number takes a byte more: most content gets longer, and does not simply lie over what it replaces.
        foreach (var provider in Enumerable.Range(0, 140).Select(number => $"provider-{number}"))
        {
            await store.Registry.SaveAsync(new Provider(provider, provider, "", ProviderKind.Clinic), default);
            await store.Registry.SaveAsync(new Source(provider, provider, provider, provider, provider), default);
            for (var number = 0; number < 4; number++) await store.Journal.AppendAsync(Entry($"{provider}-{number}", source: provider), default);
        }

        var before = StoreContent.Sealed(store.Folder);
        Assert.Equal((560, 560), (before.Count, StoreContent.StillIn(store.Folder, before)));

        Assert.True((await RotateAsync(RotationScope.Everything)).Accepted);
        await FinishedAsync();
        store.Store.Dispose();

        Assert.Equal(0, StoreContent.StillIn(store.Folder, before));
    }

    [Fact]
    public async Task A_rotation_is_audited_and_a_second_one_waits_for_it()
    {
        for (var number = 0; number < 400; number++) await store.Journal.AppendAsync(Entry($"M{number}"), default);
        Assert.True((await RotateAsync(RotationScope.Everything)).Accepted);
        var second = await RotateAsync(RotationScope.Everything);
        if (!second.Accepted) Assert.Equal(RejectionCode.RotationRunning, second.Rejection.Code);
        await FinishedAsync();

        var done = (await store.Audit.ListAsync(null, 10, default)).Count(entry => entry.Action == "rotate-keys");
        Assert.Equal(second.Accepted ? 2 : 1, done);
    }

    [Fact]
    public async Task Content_that_cannot_be_opened_holds_up_nothing_and_keeps_its_key()
    {
        await store.DeliverAsync("M1", Resource("Observation", Id("M1")));
        await store.DeliverAsync("M2", Resource("Observation", Id("M2")));
        var whole = StoreContent.Blob(store.Folder, "deposit", "id", "bytes", 1);
        StoreContent.Ask(store.Folder, "UPDATE deposit SET bytes = $bytes WHERE id = 1", ("$bytes", whole[..^1]));

        await RotateAsync(RotationScope.Everything);
        await FinishedAsync();

        var keys = await store.Store.StoreKeys.GetAsync(default);
        Assert.Equal((1L, 1L, 0L), (keys.Reencryption!.Failed, keys.Damaged, keys.Destroyed));
        Assert.NotNull(await store.Journal.ReadAsync(new(2), default));
        // Mended from a backup, it opens: its key is still there.
        StoreContent.Ask(store.Folder, "UPDATE deposit SET bytes = $bytes WHERE id = 1", ("$bytes", whole));
        Assert.NotNull(await store.Journal.ReadAsync(new(1), default));
    }

    [Fact]
    public async Task A_rotation_survives_being_killed_again_and_again()
    {
        const int kills = 6;
        const int first = 3000;
        for (var number = 0; number < first; number += 200)
            await Task.WhenAll(Enumerable.Range(number, 200).Select(one => store.DeliverAsync($"F{one}", Resource("Observation", Id($"F{one}")))));
        var old = (await store.Store.StoreKeys.GetAsync(default)).DataKeys.Select(key => key.Number).ToHashSet();
        store.Store.Dispose();

        var (said, cutOff) = (new List<string>(), 0);
        for (var kill = 0; kill < kills; kill++)
        {
            said.AddRange(await RotateAndKillAsync(150 * (kill + 1)));
            if (StoreContent.Ask(store.Folder, "SELECT count(*) FROM reencryption WHERE finished_at IS NULL AND next_deposit > 1") == "1") cutOff++;
        }

        Assert.True(cutOff >= 2, $"Only {cutOff} of {kills} kills cut a rotation off");
        await store.OpenAsync();
        await FinishedAsync();
        await CheckAllAsync(first + said.Count);
        foreach (var line in said) Assert.Equal(line, (await store.Journal.AppendAsync(Entry(line), default)).Value is { Verdict: JournalVerdict.Repeat } ? line : "lost");
        Assert.All(StoreContent.Seals(store.Folder), seal => Assert.DoesNotContain(seal.Key, old));
        Assert.Equal(0, (await store.Store.StoreKeys.GetAsync(default)).Reencryption!.Failed);
    }

    private Task<string[]> RotateAndKillAsync(int milliseconds) => KilledProgram.RunAsync(KilledRotation.Argument, store.Folder, async (output, limit) =>
    {
        Assert.Equal("open", await output.ReadLineAsync(limit));
        // The moment of the kill is to differ: nothing is waited for.
        await Task.Delay(milliseconds, limit);
    });

    private Task<Result<StoreKeysOverview>> RotateAsync(RotationScope scope, string? provider = null) =>
        store.Store.StoreKeys.RotateAsync(scope, provider, Audit("rotate-keys", null), default);

    private Task FinishedAsync() => UntilAsync(async () => (await store.Store.StoreKeys.GetAsync(default)).Reencryption is { FinishedAt: not null });

    private async Task CheckAllAsync(int expected)
    {
        var all = await store.DepositQueries.ListAsync(new(Count: int.MaxValue), default);
        Assert.True(all.Count >= expected, $"{all.Count} deposits of {expected}");
        foreach (var deposit in all)
        {
            Assert.Equal(Entry(deposit.ControlId).Bytes.ToArray(), (await store.Journal.ReadAsync(deposit.Id, default))!.Bytes.ToArray());
            if (deposit.State == DepositState.Delivered) Assert.Equal(deposit.Id, (await store.Record.ReadAsync("Observation", Id(deposit.ControlId!), null, default))!.DepositId);
        }
    }

    private static PerformedStep Step(int number, StepState state, int version) => new(
        $"2.25.700.{number}", "synthetic-ris", "synthetic-centre", "2.25.1", state, Encoding.UTF8.GetBytes($$$"""{"00400254":{"vr":"LO","Value":["Synthetic step {{{number}}} {{{state}}}"]}}"""),
        SHA256.HashData(Encoding.UTF8.GetBytes($"{number}")), default, version);

    private Task<Rejection?> SaveAsync(PerformedStep step) => store.PerformedSteps.SaveAsync(step, [], [], Audit("procedure-step", null), Noon, default);

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
