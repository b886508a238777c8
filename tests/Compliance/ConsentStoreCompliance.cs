using EHealthPlus.Routing.Contracts.Consents;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

public abstract class ConsentStoreCompliance : StoreCompliance
{
    private static readonly Consent Sharing = new(Id("sharing"), PersonId, ConsentKind.Sharing, "synthetic-clinic", Noon.AddDays(1), Noon.AddYears(1), null);

    [Fact]
    public async Task Consents_are_kept_newest_first()
    {
        await Store.Consents.AddAsync(Joining(PersonId), Audit("consent-give"), Cancel);
        await Store.Consents.AddAsync(Sharing, Audit("consent-give"), Cancel);
        await Store.ReopenAsync();
        Assert.Equal([Sharing, Joining(PersonId)], await Store.Consents.ForPersonAsync(PersonId, Cancel));
        Assert.Equal(Sharing, await Store.Consents.GetAsync(Sharing.Id, Cancel));
        Assert.Empty(await Store.Consents.ForPersonAsync(Id(1), Cancel));
        Assert.Equal(2, (await Store.Audit.ListAsync(PersonId, 10, Cancel)).Count);
    }

    [Fact]
    public async Task A_revoked_consent_keeps_the_time_it_was_first_revoked()
    {
        await Store.Consents.AddAsync(Sharing, Audit("consent-give"), Cancel);
        var revoked = await Store.Consents.RevokeAsync(Sharing.Id, Noon.AddDays(5), Audit("consent-revoke"), Cancel);
        Assert.Equal(Sharing with { RevokedAt = Noon.AddDays(5) }, revoked);
        Assert.Equal(revoked, await Store.Consents.RevokeAsync(Sharing.Id, Noon.AddDays(6), Audit("consent-revoke"), Cancel));
        Assert.Equal(revoked, Assert.Single(await Store.Consents.ForPersonAsync(PersonId, Cancel)));
    }

    [Fact]
    public async Task Revoking_what_is_not_there_changes_nothing()
    {
        Assert.Null(await Store.Consents.RevokeAsync(Id(1), Noon, Audit("consent-revoke"), Cancel));
        Assert.Empty(await Store.Audit.ListAsync(null, 10, Cancel));
    }
}
