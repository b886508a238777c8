using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.Sagas;

/// <summary>What an operator does with refused and quarantined deposits.</summary>
public sealed class QuarantineTests
{
    private readonly ManualTime time = new();
    private readonly PlainTranslator translator = new();

    [Fact]
    public async Task A_quarantined_deposit_is_replayed_once_its_cause_is_mended()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        await using var hub = await TestHub.StartAsync(store, translator, time, sagas: new() { MaximumAttempts = 1 });
        translator.Fault = _ => throw new IOException("synthetic");
        Assert.Equal("AE", await hub.ApplicationCodeAsync(PlainMessages.Message("C1")));
        Assert.Equal(DepositState.Quarantined, store.StateOf(1));

        translator.Fault = _ => null;
        Assert.True((await hub.Quarantine.ReplayAsync(new(1), "olivia", CancellationToken.None)).Accepted);
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Delivered);
        Assert.Equal(
            [DepositState.Received, DepositState.Quarantined, DepositState.Received, DepositState.Delivered], store.Rows[0].Saga.Timeline.Select(step => step.State));
        Assert.Contains(store.Audit, entry => entry is { Actor: "olivia", Action: "replay", Target: "deposit:1", Permitted: true });

        // A repeat now gets the answer of the replay.
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C1")));
        Assert.Equal(1, store.Rows[0].Deliveries);
    }

    [Fact]
    public async Task A_replay_goes_on_though_whoever_asked_for_it_is_gone()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        await using var hub = await TestHub.StartAsync(store, translator, time, sagas: new() { MaximumAttempts = 1 });
        translator.Fault = _ => throw new IOException("synthetic");
        Assert.Equal("AE", await hub.ApplicationCodeAsync(PlainMessages.Message("C1")));
        translator.Fault = _ => null;
        using var gone = new CancellationTokenSource();
        store.AfterCommit = async commit =>
        {
            if (commit.Saga.State == DepositState.Received) await gone.CancelAsync();
        };
        Assert.True((await hub.Quarantine.ReplayAsync(new(1), "olivia", gone.Token)).Accepted);
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Delivered);
    }

    [Fact]
    public async Task A_refused_deposit_is_repaired_and_replayed_from_the_repaired_bytes()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        await using var hub = await TestHub.StartAsync(store, translator, time);
        byte[] broken = [.. PlainMessages.Message("C1"), .. "BROKEN|\r"u8];
        Assert.Equal("AE", await hub.ApplicationCodeAsync(broken));
        Assert.True((await hub.Quarantine.ReplayAsync(new(1), "olivia", CancellationToken.None)).Accepted);
        await TestHub.UntilAsync(() => store.Rows[0].Saga.Version == 2);
        Assert.Equal(DepositState.Refused, store.StateOf(1));

        Assert.True((await hub.Quarantine.RepairAsync(new(1), PlainMessages.Message("C1", body: "mended"), "ines", CancellationToken.None)).Accepted);
        Assert.Equal(DepositState.Refused, store.StateOf(1));
        Assert.True((await hub.Quarantine.ReplayAsync(new(1), "ines", CancellationToken.None)).Accepted);
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Delivered);
        Assert.Contains("mended", translator.Seen[^1], StringComparison.Ordinal);
        Assert.Equal(broken, store.Rows[0].Entry.Bytes.ToArray());
        Assert.Equal(["replay", "deposit", "repair", "replay", "link", "deposit"], store.Audit.Select(entry => entry.Action));
    }

    [Fact]
    public async Task What_is_delivered_unknown_or_of_no_proven_source_is_not_replayed()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        await using var hub = await TestHub.StartAsync(store, translator, time);
        await hub.ApplicationCodeAsync(PlainMessages.Message("C1"));
        await hub.ApplicationCodeAsync(PlainMessages.Message("C2", facility: "NOWHERE"));
        var delivered = (await hub.Quarantine.ReplayAsync(new(1), "olivia", CancellationToken.None)).Rejection;
        Assert.Equal(RejectionCode.DepositNotWaiting, delivered?.Code);
        Assert.Contains("send a new message", delivered?.Detail, StringComparison.Ordinal);
        Assert.Equal(RejectionCode.DepositNotWaiting, (await hub.Quarantine.RepairAsync(new(1), "MSH"u8.ToArray(), "olivia", CancellationToken.None)).Rejection?.Code);
        Assert.Equal(RejectionCode.SourceUnknown, (await hub.Quarantine.ReplayAsync(new(2), "olivia", CancellationToken.None)).Rejection?.Code);
        Assert.Equal(RejectionCode.ResourceNotFound, (await hub.Quarantine.ReplayAsync(new(3), "olivia", CancellationToken.None)).Rejection?.Code);
        Assert.DoesNotContain(store.Audit, entry => entry.Action is "replay" or "repair");
    }
}
