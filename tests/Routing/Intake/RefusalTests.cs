using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.Intake;

/// <summary>What is refused before the flow, and what the journal keeps of it.</summary>
public sealed class RefusalTests
{
    private readonly MemoryStore store = new();
    private readonly MemoryRegistry registry = new();

    [Fact]
    public async Task A_message_without_header_or_control_id_or_source_gets_AR_and_is_journaled()
    {
        await using var hub = await TestHub.StartAsync(store, registry: registry);
        await ExpectAsync(hub, "PID|1\r"u8.ToArray(), "AR", RejectionCode.MshMissing, null);
        await ExpectAsync(hub, PlainMessages.Message(""), "AR", RejectionCode.ControlIdMissing, "lab");
        await ExpectAsync(hub, PlainMessages.Message("C1", facility: "NOWHERE"), "AR", RejectionCode.SourceUnknown, null);
        await ExpectAsync(hub, [.. PlainMessages.Message("C2"), .. "BROKEN|\r"u8], "AE", RejectionCode.RequiredFieldMissing, "lab");
        Assert.All(store.Rows, row => Assert.Equal(DepositState.Refused, row.Saga.State));
        Assert.All(store.Rows, row => Assert.False(row.Entry.Bytes.IsEmpty));
    }

    [Fact]
    public async Task A_suspended_source_is_refused_until_it_is_resumed_and_then_sends_the_same_message()
    {
        var citizens = await TestHub.StoreWithCitizenAsync();
        await registry.SaveAsync(MemoryRegistry.Laboratory with { Active = false }, CancellationToken.None);
        await using var hub = await TestHub.StartAsync(citizens, registry: registry);
        Assert.Equal("AR", await hub.ApplicationCodeAsync(PlainMessages.Message("C1")));
        Assert.Equal(RejectionCode.SourceSuspended, citizens.Rows[0].Rejection?.Code);
        await registry.SaveAsync(MemoryRegistry.Laboratory, CancellationToken.None);
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C1")));
        await registry.SaveAsync(MemoryRegistry.Hospital with { Active = false }, CancellationToken.None);
        Assert.Equal("AR", await hub.ApplicationCodeAsync(PlainMessages.Message("C2")));
    }

    [Fact]
    public async Task Who_bears_another_certificate_is_refused_and_cannot_take_the_key_of_the_true_source()
    {
        var citizens = await TestHub.StoreWithCitizenAsync();
        await registry.SaveAsync(MemoryRegistry.Laboratory with { CertificateThumbprint = "AB12" }, CancellationToken.None);
        await using var hub = await TestHub.StartAsync(citizens, registry: registry);
        var message = PlainMessages.Message("C1");
        Assert.Equal("AR", TestHub.Code(await (await hub.SendAsync(message)).Application));
        Assert.Equal("AR", TestHub.Code(await (await hub.SendAsync(message, "CD34")).Application));
        Assert.All(citizens.Rows, row => Assert.Equal(RejectionCode.SourceCertificateMismatch, row.Rejection?.Code));
        Assert.All(citizens.Rows, row => Assert.Null(row.Entry.SourceId));
        Assert.Equal("AA", TestHub.Code(await (await hub.SendAsync(message, "ab12")).Application));
    }

    [Fact]
    public async Task A_location_with_a_certificate_is_let_in_with_it_only_and_a_revocation_holds_for_the_next_message()
    {
        var citizens = await TestHub.StoreWithCitizenAsync();
        var certificates = new MemoryCertificates { ByLocation = { [MemoryRegistry.Laboratory.ServiceLocationId] = "AB12" } };
        await using var hub = await TestHub.StartAsync(citizens, registry: registry, certificates: certificates);

        Assert.Equal("AR", TestHub.Code(await (await hub.SendAsync(PlainMessages.Message("C1"))).Application));
        Assert.Equal(RejectionCode.CertificateMissing, citizens.Rows[0].Rejection?.Code);
        Assert.Null(citizens.Rows[0].Entry.SourceId);
        Assert.Equal("AA", TestHub.Code(await (await hub.SendAsync(PlainMessages.Message("C1"), "AB12")).Application));
        certificates.Revoked.Add("AB12");
        Assert.Equal("AR", TestHub.Code(await (await hub.SendAsync(PlainMessages.Message("C2"), "AB12")).Application));
        Assert.Equal(RejectionCode.CertificateRevoked, citizens.Rows[^1].Rejection?.Code);
    }

    [Theory]
    [InlineData(RejectionCode.StorageFull)]
    [InlineData(RejectionCode.StoreUnavailable)]
    public async Task A_journal_that_cannot_write_refuses_for_now_and_recovers_by_itself(RejectionCode code)
    {
        var citizens = await TestHub.StoreWithCitizenAsync();
        citizens.JournalRefusal = _ => new(code, "No room");
        await using var hub = await TestHub.StartAsync(citizens);
        var original = PlainMessages.Message("C1");
        var enhanced = PlainMessages.Message("C2", accept: "AL", application: "AL");
        Assert.Equal("AE", await hub.ApplicationCodeAsync(original));
        Assert.Equal("CE", TestHub.Code((await hub.SendAsync(enhanced)).Accept));
        Assert.Equal("AE", await hub.ApplicationCodeAsync("PID|1\r"u8.ToArray()));
        Assert.Empty(citizens.Rows);

        citizens.JournalRefusal = _ => null;
        Assert.Equal("AA", await hub.ApplicationCodeAsync(original));
        Assert.Equal("AA", await hub.ApplicationCodeAsync(enhanced));
    }

    [Fact]
    public async Task A_journal_that_throws_is_a_store_that_does_not_answer()
    {
        var citizens = await TestHub.StoreWithCitizenAsync();
        citizens.Flush = _ => throw new IOException("synthetic");
        await using var hub = await TestHub.StartAsync(citizens);
        var answer = await (await hub.SendAsync(PlainMessages.Message("C1"))).Application;
        Assert.Contains("|602", TestHub.Text(answer), StringComparison.Ordinal);

        // The place was given back: what comes next about the patient is not held up.
        citizens.Flush = _ => Task.CompletedTask;
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C2")));
    }

    [Fact]
    public async Task A_frame_that_could_not_be_taken_is_journaled_and_answered_where_somebody_can_read_it()
    {
        await using var hub = await TestHub.StartAsync(store);
        var tooLarge = new Rejection(RejectionCode.FrameTooLarge, "Over the limit");
        var garbage = new Rejection(RejectionCode.StartBlockMissing, "Outside a frame");
        Assert.Equal("AR", TestHub.Code(await hub.Intake.RefuseAsync(PlainMessages.Message("C1"), tooLarge, new("peer", null), CancellationToken.None)));
        Assert.Null(await hub.Intake.RefuseAsync("GET / HTTP/1.1"u8.ToArray(), garbage, new("peer", null), CancellationToken.None));
        Assert.Null(await hub.Intake.RefuseAsync(default, garbage, new("peer", null), CancellationToken.None));
        Assert.Equal([RejectionCode.FrameTooLarge, RejectionCode.StartBlockMissing], store.Rows.Select(row => row.Rejection!.Code));
    }

    private async Task ExpectAsync(TestHub hub, byte[] message, string code, RejectionCode rejection, string? source)
    {
        Assert.Equal(code, await hub.ApplicationCodeAsync(message));
        Assert.Equal((rejection, source), (store.Rows[^1].Rejection?.Code, store.Rows[^1].Entry.SourceId));
    }
}
