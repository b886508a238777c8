using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.Flow;

/// <summary>Who a deposit is about, and whether it may be deposited, as it changes while the deposit is under way or after it was delivered.</summary>
public sealed class IdentifiedAgainTests
{
    private readonly ManualTime time = new();

    [Fact]
    public async Task A_withdrawal_between_decision_and_commit_holds()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        await using var hub = await TestHub.StartAsync(store, time: time);
        var commits = 0;
        store.BeforeCommit = async _ =>
        {
            if (Interlocked.Increment(ref commits) == 1) await WithdrawAsync(store);
            return null;
        };
        Assert.Equal("AE", await hub.ApplicationCodeAsync(PlainMessages.Message("C1")));
        Assert.Equal((DepositState.Refused, RejectionCode.JoiningConsentWithdrawn), (store.StateOf(1), store.Rows[0].Rejection?.Code));
        Assert.Empty(store.Resources);
    }

    [Fact]
    public async Task An_unlinking_between_decision_and_commit_holds_though_the_number_is_remembered()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        await using var hub = await TestHub.StartAsync(store, time: time);
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C1")));
        var person = store.Rows[0].PersonId!;
        var commits = 0;
        store.BeforeCommit = _ =>
        {
            if (Interlocked.Increment(ref commits) == 1)
            {
                // As a registrar's desk does it, before it comes to forget what it remembers.
                store.Bar(new("lab", "HOSP", "MR1"), person);
                store.Generation++;
            }

            return Task.FromResult<Rejection?>(null);
        };
        Assert.Equal("AE", await hub.ApplicationCodeAsync(PlainMessages.Message("C2")));
        Assert.Equal(RejectionCode.IdentityConflict, store.Rows[1].Rejection?.Code);
        Assert.Equal(0, store.Rows[1].Deliveries);
    }

    [Fact]
    public async Task What_was_lawful_when_it_was_delivered_comes_back_when_it_is_identified_again()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        var registry = new MemoryRegistry();
        await using var hub = await TestHub.StartAsync(store, time: time, registry: registry);
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C1")));
        time.Advance(TimeSpan.FromDays(30));
        await WithdrawAsync(store);
        await registry.SaveAsync(MemoryRegistry.Hospital with { Active = false }, CancellationToken.None);
        await registry.SaveAsync(MemoryRegistry.Laboratory with { Active = false }, CancellationToken.None);

        await hub.Flow.ResumeAsync(store.Reopen(new(1))!, CancellationToken.None);
        await TestHub.UntilAsync(() => store.StateOf(1) != DepositState.Received);
        Assert.Equal((DepositState.Delivered, 2), (store.StateOf(1), store.Rows[0].Deliveries));

        // What comes now is refused.
        await registry.SaveAsync(MemoryRegistry.Laboratory, CancellationToken.None);
        Assert.Equal("AR", await hub.ApplicationCodeAsync(PlainMessages.Message("C2")));
    }

    [Fact]
    public async Task An_enrolment_that_is_identified_again_does_not_take_back_a_withdrawal()
    {
        var store = new MemoryStore();
        await using var hub = await TestHub.StartAsync(store, time: time);
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C1", type: "ADT^A28")));
        time.Advance(TimeSpan.FromDays(300));
        var person = await WithdrawAsync(store);
        time.Advance(TimeSpan.FromDays(300));
        await hub.Flow.ResumeAsync(store.Reopen(new(1))!, CancellationToken.None);
        await TestHub.UntilAsync(() => store.StateOf(1) != DepositState.Received);
        Assert.Equal(DepositState.Delivered, store.StateOf(1));
        Assert.NotNull(Assert.Single(await store.ForPersonAsync(person.Id, CancellationToken.None)).RevokedAt);
    }

    private async Task<Person> WithdrawAsync(MemoryStore store)
    {
        var person = await store.FindByDocumentAsync("A1234563", CancellationToken.None);
        var joining = Assert.Single(await store.ForPersonAsync(person!.Id, CancellationToken.None));
        await store.RevokeAsync(joining.Id, time.GetUtcNow(), new(default, "test", "registrar", "consent-revoke", person.Id, "Consent", true, "test"), CancellationToken.None);
        return person;
    }
}
