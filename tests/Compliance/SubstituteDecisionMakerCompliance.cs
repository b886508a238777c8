using EHealthPlus.Routing.Contracts.Consents;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

public abstract class SubstituteDecisionMakerCompliance : StoreCompliance
{
    private static readonly SubstituteDecisionMaker Mother =
        new(Id("mother"), PersonId, "G123456A", "TESTPATIENT MOTHER", "MTH", SubstitutionGround.Minor, Noon, Noon.AddYears(3), null);

    [Fact]
    public async Task They_are_kept_newest_first_and_each_act_is_audited()
    {
        var guardian = Mother with { Id = Id("guardian"), DocumentNumber = "L5555550", Relationship = "GUARD", Ground = SubstitutionGround.LackingCapacity, From = Noon.AddDays(1), Until = null };
        await Store.SubstituteDecisionMakers.AddAsync(Mother, Audit("proxy-register"), Cancel);
        await Store.SubstituteDecisionMakers.AddAsync(guardian, Audit("proxy-register"), Cancel);
        await Store.ReopenAsync();

        Assert.Equal([guardian, Mother], await Store.SubstituteDecisionMakers.ForPersonAsync(PersonId, Cancel));
        Assert.Equal(Mother, await Store.SubstituteDecisionMakers.GetAsync(Mother.Id, Cancel));
        Assert.Empty(await Store.SubstituteDecisionMakers.ForPersonAsync(Id(1), Cancel));
        Assert.Equal(2, (await Store.Audit.ListAsync(PersonId, 10, Cancel)).Count);
    }

    [Fact]
    public async Task One_that_is_ended_keeps_the_time_it_was_first_ended()
    {
        await Store.SubstituteDecisionMakers.AddAsync(Mother, Audit("proxy-register"), Cancel);
        var ended = await Store.SubstituteDecisionMakers.EndAsync(Mother.Id, Noon.AddDays(5), Audit("proxy-end"), Cancel);
        Assert.Equal(Mother with { EndedAt = Noon.AddDays(5) }, ended);
        Assert.Equal(ended, await Store.SubstituteDecisionMakers.EndAsync(Mother.Id, Noon.AddDays(6), Audit("proxy-end"), Cancel));
        Assert.Null(await Store.SubstituteDecisionMakers.EndAsync(Id(1), Noon, Audit("proxy-end"), Cancel));
    }

    [Fact]
    public async Task A_consent_says_who_gave_it_on_behalf()
    {
        var consent = Joining(PersonId) with { SubstituteDecisionMakerId = Mother.Id };
        await Store.Consents.AddAsync(consent, Audit("consent-give"), Cancel);
        await Store.ReopenAsync();
        Assert.Equal(consent, await Store.Consents.GetAsync(consent.Id, Cancel));
    }
}
