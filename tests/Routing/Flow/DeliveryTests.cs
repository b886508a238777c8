using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.Flow;

/// <summary>A message on its whole way: journal, bus, saga, decision, commit, answer.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task An_accepted_message_is_in_the_record_before_its_sender_is_told()
    {
        var store = await TestHub.StoreWithCitizenAsync();
        await using var hub = await TestHub.StartAsync(store);
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C1")));

        var row = Assert.Single(store.Rows);
        Assert.Equal(DepositState.Delivered, row.Saga.State);
        Assert.Equal(1, row.Saga.Version);
        Assert.Equal([DepositState.Received, DepositState.Delivered], row.Saga.Timeline.Select(step => step.State));
        Assert.Contains(store.Resources, resource => resource is { Type: "Observation", Id: "lab-C1" });
        Assert.DoesNotContain(store.Resources, resource => resource.Type == "MessageHeader");
        Assert.Equal(["link", "deposit"], store.Audit.Select(entry => entry.Action));
        Assert.True(store.Audit[0] is { Actor: "source:lab", Permitted: true } link && link.Target == $"Patient/{row.PersonId}" && link.PersonId == row.PersonId);
        Assert.True(store.Audit[1] is { Actor: "source:lab", Target: "deposit:1", Permitted: true });
        Assert.Contains("1 December 2025", store.Audit[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_about_an_unknown_person_is_refused_with_its_reason_and_audited()
    {
        var store = new MemoryStore();
        await using var hub = await TestHub.StartAsync(store);
        var answer = await (await hub.SendAsync(PlainMessages.Message("C1"))).Application;
        Assert.Equal("AE", TestHub.Code(answer));
        Assert.Contains("|403", TestHub.Text(answer), StringComparison.Ordinal);
        Assert.Equal(DepositState.Refused, store.StateOf(1));
        Assert.Equal(RejectionCode.PersonUnknown, store.Rows[0].Rejection?.Code);
        Assert.Empty(store.Resources);
        Assert.False(Assert.Single(store.Audit).Permitted);
    }

    [Fact]
    public async Task An_update_is_merged_with_what_the_record_holds_and_a_passing_mention_is_kept_once()
    {
        var store = await TestHub.StoreWithCitizenAsync();
        await using var hub = await TestHub.StartAsync(store);
        await hub.ApplicationCodeAsync(PlainMessages.Message("C1"));
        await hub.ApplicationCodeAsync(PlainMessages.Message("C2"));
        Assert.Equal("C1+C2", TestHub.Text(store.Resources.Single(resource => resource.Type == "Patient").Json));
        Assert.Equal("C1", TestHub.Text(store.Resources.Single(resource => resource.Type == "Organization").Json));
    }

    [Fact]
    public async Task An_A28_of_an_enrolling_source_opens_the_account_and_is_stored()
    {
        var store = new MemoryStore();
        await using var hub = await TestHub.StartAsync(store);
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C1", type: "ADT^A28")));
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C2", type: "ADT^A28")));
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C3")));
        Assert.Equal(["enrol", "link", "deposit", "deposit", "deposit"], store.Audit.Select(entry => entry.Action));
    }

    [Fact]
    public async Task An_A28_of_another_source_is_refused()
    {
        var store = new MemoryStore();
        await using var hub = await TestHub.StartAsync(store);
        Assert.Equal("AE", await hub.ApplicationCodeAsync(PlainMessages.Message("C1", type: "ADT^A28", facility: "CLINIC")));
        Assert.Equal(RejectionCode.SourceMayNotEnrol, store.Rows[0].Rejection?.Code);
        Assert.Equal(0, await store.CountAsync(CancellationToken.None));
    }
}
