using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Credentials.People;

/// <summary>Access dies with the affiliation.</summary>
public sealed class AffiliationTests(HubUnderTest hub) : IClassFixture<HubUnderTest>
{
    [Fact]
    public async Task A_doctor_acts_for_the_one_provider_they_work_for_and_with_their_profession()
    {
        var doctor = await Person.EnrolAsync(hub, "doctor.one", Role.Clinician, HubUnderTest.Doctor.Id);

        var principal = hub.Check((await doctor.SignInAsync()).Value.Token).Value.Principal;

        Assert.Equal((HubUnderTest.Hospital.Id, "dr-test", Profession.MedicalPractitioner), (principal.ProviderId, principal.ProfessionalId, principal.Profession));
    }

    [Fact]
    public async Task A_departed_doctors_session_ends_at_the_next_request_and_no_new_one_begins()
    {
        await RegisterAsync("dr-departs", HubUnderTest.Hospital.Id);
        var doctor = await Person.EnrolAsync(hub, "doctor.departs", Role.Clinician, "dr-departs");
        var token = (await doctor.SignInAsync()).Value.Token;
        Assert.True(hub.Check(token).Accepted);

        var held = hub.Get<IProfessionals>().AffiliationsOf("dr-departs")[0];
        await hub.Get<IProfessionals>().SaveAsync(held with { Until = hub.Clock.Now }, HubUnderTest.Cancel);

        Assert.Equal(RejectionCode.AffiliationEnded, hub.Check(token).Rejection!.Code);
        doctor.Wait();
        Assert.Equal(RejectionCode.AffiliationEnded, (await doctor.SignInAsync()).Rejection!.Code);
        await hub.RestartAsync();
        Assert.Equal(RejectionCode.AffiliationEnded, hub.Check(token).Rejection!.Code);
    }

    [Fact]
    public async Task An_end_that_is_known_beforehand_comes_by_itself()
    {
        var ends = hub.Clock.Now.AddHours(2);
        await RegisterAsync("dr-locum", HubUnderTest.Hospital.Id, ends);
        var doctor = await Person.EnrolAsync(hub, "doctor.locum", Role.Clinician, "dr-locum");
        var token = (await doctor.SignInAsync()).Value.Token;

        hub.Clock.Now = ends.AddTicks(-1);
        Assert.True(hub.Check(token).Accepted);
        hub.Clock.Now = ends;
        Assert.Equal(RejectionCode.AffiliationEnded, hub.Check(token).Rejection!.Code);
    }

    [Fact]
    public async Task Who_works_for_several_says_for_whom_and_leaving_one_leaves_the_other()
    {
        await RegisterAsync("dr-two", HubUnderTest.Hospital.Id);
        await hub.Get<IProfessionals>().SaveAsync(new Affiliation("dr-two", HubUnderTest.Clinic.Id, hub.Clock.Now.AddDays(-1)), HubUnderTest.Cancel);
        var doctor = await Person.EnrolAsync(hub, "doctor.two", Role.Clinician, "dr-two");

        var unsaid = await doctor.SignInAsync();
        Assert.Equal(RejectionCode.AffiliationMissing, unsaid.Rejection!.Code);
        Assert.Contains("synthetic-clinic", unsaid.Rejection.Detail, StringComparison.Ordinal);
        var hospital = (await doctor.SignInAsync(provider: HubUnderTest.Hospital.Id)).Value.Token;
        doctor.Wait();
        var clinic = (await doctor.SignInAsync(provider: HubUnderTest.Clinic.Id)).Value.Token;
        doctor.Wait();
        Assert.Equal(RejectionCode.AffiliationMissing, (await doctor.SignInAsync(provider: "elsewhere")).Rejection!.Code);

        var held = hub.Get<IProfessionals>().AffiliationsOf("dr-two").Single(each => each.ProviderId == HubUnderTest.Hospital.Id);
        await hub.Get<IProfessionals>().SaveAsync(held with { Until = hub.Clock.Now }, HubUnderTest.Cancel);
        Assert.Equal(RejectionCode.AffiliationEnded, hub.Check(hospital).Rejection!.Code);
        Assert.Equal(HubUnderTest.Clinic.Id, hub.Check(clinic).Value.Principal.ProviderId);
    }

    [Fact]
    public async Task A_registration_that_is_not_in_force_ends_access_everywhere()
    {
        await RegisterAsync("dr-struck-off", HubUnderTest.Hospital.Id);
        var doctor = await Person.EnrolAsync(hub, "doctor.struck.off", Role.Clinician, "dr-struck-off");
        var token = (await doctor.SignInAsync()).Value.Token;

        await hub.Get<IProfessionals>().SaveAsync(hub.Get<IProfessionals>().Get("dr-struck-off")! with { Active = false }, HubUnderTest.Cancel);

        Assert.Equal(RejectionCode.ProfessionalNotRegistered, hub.Check(token).Rejection!.Code);
    }

    private async Task RegisterAsync(string id, string providerId, DateTimeOffset? until = null)
    {
        await hub.Get<IProfessionals>().SaveAsync(HubUnderTest.Doctor with { Id = id }, HubUnderTest.Cancel);
        await hub.Get<IProfessionals>().SaveAsync(new Affiliation(id, providerId, hub.Clock.Now.AddDays(-1), until), HubUnderTest.Cancel);
    }
}
