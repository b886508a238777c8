using System.Globalization;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Policy;

namespace EHealthPlus.Tests.Routing.Policy;

public sealed class AccessPolicyTests
{
    private static readonly Person Citizen = new("p1", "A1234563", "TESTPATIENT", "ALPHA", "", AdministrativeSex.Female, new(1980, 2, 29), At("2020-01-01"));
    private static readonly Consent Joining = new("j", "p1", ConsentKind.Joining, null, At("2020-01-01"), null, null);

    private readonly AccessPolicy policy = new();

    [Theory]
    [InlineData(ProviderKind.HospitalAuthority, "2025-11-30T23:59:59", false, null)]
    [InlineData(ProviderKind.DepartmentOfHealth, "2026-01-01T00:00:00", false, null)]
    [InlineData(ProviderKind.PrivateHospital, "2025-11-30T23:59:59", false, RejectionCode.SharingConsentMissing)]
    [InlineData(ProviderKind.PrivateHospital, "2025-11-30T23:59:59", true, null)]
    [InlineData(ProviderKind.PrivateHospital, "2025-12-01T00:00:00", false, null)]
    [InlineData(ProviderKind.Clinic, "2025-06-01T00:00:00", false, RejectionCode.SharingConsentMissing)]
    [InlineData(ProviderKind.MedicalLaboratory, "2026-06-01T00:00:00", false, null)]
    [InlineData(ProviderKind.RadiologyCentre, "2026-06-01T00:00:00", false, null)]
    [InlineData(ProviderKind.GreaterBayAreaInstitution, "2026-06-01T00:00:00", true, RejectionCode.OutsideHongKong)]
    public void Who_may_provide_depends_on_the_day(ProviderKind kind, string at, bool sharing, RejectionCode? refused)
    {
        Consent[] consents = sharing ? [Joining, Sharing("2020-01-01", null, null)] : [Joining];
        var decision = policy.MayProvide(Of(kind), Citizen, consents, At(at));
        Assert.Equal(refused, decision.Refusal?.Code);
        Assert.Equal(refused is null, decision.Permitted.Contains(SharingCategory.LaboratoryAndRadiologyReports));
    }

    /// <summary>1 December begins in Hong Kong while it is still 30 November in Greenwich.</summary>
    [Theory]
    [InlineData("2025-11-30T15:59:59Z", false)]
    [InlineData("2025-11-30T16:00:00Z", true)]
    public void The_day_is_the_day_in_Hong_Kong(string at, bool granted) => Assert.Equal(
        granted, policy.MayProvide(Of(ProviderKind.Clinic), Citizen, [Joining], DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)).Granted);

    [Fact]
    public void Without_a_joining_consent_nobody_provides_or_obtains()
    {
        var at = At("2026-03-02");
        foreach (var kind in Enum.GetValues<ProviderKind>().Where(kind => kind is not (ProviderKind.GreaterBayAreaInstitution or ProviderKind.RecognisedOutsideHongKong)))
        {
            Consent[] sharingOnly = [Sharing("2020-01-01", null, null)];
            Assert.Equal(RejectionCode.JoiningConsentMissing, policy.MayProvide(Of(kind), Citizen, sharingOnly, at).Refusal?.Code);
            Assert.Equal(RejectionCode.JoiningConsentMissing, policy.MayObtain(new(Clinician, Of(kind), Citizen, sharingOnly, at)).Refusal?.Code);
        }

        var withdrawn = policy.MayProvide(Of(ProviderKind.HospitalAuthority), Citizen, [Joining with { RevokedAt = At("2026-02-14T10:00:00") }], at);
        Assert.Equal(RejectionCode.JoiningConsentWithdrawn, withdrawn.Refusal?.Code);
        Assert.Equal("The joining consent ended on 2026-02-14", withdrawn.Refusal?.Detail);
        Assert.Empty(withdrawn.Permitted);
    }

    [Theory]
    [InlineData("2026-02-28T23:59:59", null)]
    [InlineData("2026-03-01T00:00:00", RejectionCode.SharingConsentEnded)]
    public void A_sharing_consent_of_a_year_ends_to_the_moment(string at, RejectionCode? refused)
    {
        var decision = policy.MayObtain(new(Clinician, Of(ProviderKind.Clinic), Citizen, [Joining, Sharing("2025-03-01", "2026-03-01", null)], At(at)));
        Assert.Equal(refused, decision.Refusal?.Code);
        if (refused is not null) Assert.Equal("The sharing consent to this provider ended on 2026-03-01", decision.Refusal?.Detail);
    }

    [Fact]
    public void A_revoked_sharing_consent_refuses_with_its_day_and_a_new_one_permits_again()
    {
        var revoked = Sharing("2025-03-01", null, "2026-01-10T12:00:00");
        var refused = policy.MayObtain(new(Clinician, Of(ProviderKind.Clinic), Citizen, [Joining, revoked], At("2026-03-02")));
        Assert.Equal("The sharing consent to this provider was revoked on 2026-01-10", refused.Refusal?.Detail);
        Assert.True(policy.MayObtain(new(Clinician, Of(ProviderKind.Clinic), Citizen, [Joining, revoked], At("2026-01-10T11:59:59"))).Granted);
        Assert.True(policy.MayObtain(new(Clinician, Of(ProviderKind.Clinic), Citizen, [Joining, revoked, Sharing("2026-03-01", null, null)], At("2026-03-02"))).Granted);
    }

    [Fact]
    public void A_sharing_consent_to_another_provider_or_of_another_person_is_none()
    {
        var at = At("2026-03-02");
        var other = Sharing("2025-03-01", null, null) with { ProviderId = "other" };
        Assert.Equal(RejectionCode.SharingConsentMissing, policy.MayObtain(new(Clinician, Of(ProviderKind.Clinic), Citizen, [Joining, other], at)).Refusal?.Code);
        var stranger = Sharing("2025-03-01", null, null) with { PersonId = "p2" };
        Assert.Equal(RejectionCode.SharingConsentMissing, policy.MayObtain(new(Clinician, Of(ProviderKind.Clinic), Citizen, [Joining, stranger], at)).Refusal?.Code);
    }

    [Theory]
    [InlineData(ProviderKind.HospitalAuthority, false, null)]
    [InlineData(ProviderKind.DepartmentOfHealth, false, null)]
    [InlineData(ProviderKind.PrivateHospital, false, RejectionCode.SharingConsentMissing)]
    [InlineData(ProviderKind.PrivateHospital, true, null)]
    [InlineData(ProviderKind.GreaterBayAreaInstitution, true, RejectionCode.OutsideHongKong)]
    [InlineData(ProviderKind.RecognisedOutsideHongKong, true, RejectionCode.OutsideHongKong)]
    public void Clinicians_obtain_by_the_right_of_their_provider(ProviderKind kind, bool sharing, RejectionCode? refused)
    {
        Consent[] consents = sharing ? [Joining, Sharing("2025-12-01", null, null)] : [Joining];
        Assert.Equal(refused, policy.MayObtain(new(Clinician, Of(kind), Citizen, consents, At("2026-03-02"))).Refusal?.Code);
    }

    [Fact]
    public void A_clinician_acts_for_the_own_active_provider_only()
    {
        var at = At("2026-03-02");
        Consent[] consents = [Joining, Sharing("2025-12-01", null, null)];
        Assert.Equal(RejectionCode.RoleNotPermitted, policy.MayObtain(new(Clinician, null, Citizen, consents, at)).Refusal?.Code);
        Assert.Equal(RejectionCode.RoleNotPermitted, policy.MayObtain(new(Clinician with { ProviderId = "other" }, Of(ProviderKind.Clinic), Citizen, consents, at)).Refusal?.Code);
        Assert.Equal(RejectionCode.ProviderSuspended, policy.MayObtain(new(Clinician, Of(ProviderKind.Clinic) with { Active = false }, Citizen, consents, at)).Refusal?.Code);
        Assert.Equal(RejectionCode.ProviderSuspended, policy.MayProvide(Of(ProviderKind.Clinic) with { Active = false }, Citizen, consents, at).Refusal?.Code);
    }

    [Fact]
    public void A_citizen_obtains_only_the_own_record()
    {
        var at = At("2026-03-02");
        AccessPrincipal own = new("citizen", Role.Citizen, null, "A1234563");
        Assert.True(policy.MayObtain(new(own, null, Citizen, [Joining], at)).Granted);
        Assert.Equal(RejectionCode.NotOwnRecord, policy.MayObtain(new(own with { DocumentNumber = "G123456A" }, null, Citizen, [Joining], at)).Refusal?.Code);
        Assert.Equal(RejectionCode.NotOwnRecord, policy.MayObtain(new(own with { DocumentNumber = null }, null, Citizen, [Joining], at)).Refusal?.Code);
    }

    [Fact]
    public void No_other_role_obtains_records()
    {
        foreach (var role in Enum.GetValues<Role>().Except([Role.Citizen, Role.Clinician]))
        {
            var decision = policy.MayObtain(new(
                new("somebody", role, "clinic", "A1234563"), Of(ProviderKind.HospitalAuthority), Citizen, [Joining, Sharing("2025-12-01", null, null)], At("2026-03-02")));
            Assert.Equal(RejectionCode.RoleNotPermitted, decision.Refusal?.Code);
            Assert.Empty(decision.Permitted);
            Assert.NotEmpty(decision.Rule);
        }
    }

    [Fact]
    public void A_clinician_bound_to_a_place_reads_from_that_place_while_it_is_in_operation()
    {
        var here = new ServiceLocation("room-1", "clinic", "Room 1", "");
        var request = new ObtainRequest(
            Clinician with { ServiceLocationId = "room-1" }, Of(ProviderKind.Clinic), Citizen, [Joining, Sharing("2025-12-01", null, null)], At("2026-03-02"));
        Assert.True(policy.MayObtain(request with { Place = here }).Granted);
        foreach (var other in new[] { null, here with { Active = false }, here with { ProviderId = "other" }, here with { Id = "room-2" } })
            Assert.Equal(RejectionCode.ServiceLocationSuspended, policy.MayObtain(request with { Place = other }).Refusal?.Code);
    }

    [Fact]
    public void Without_a_profession_nothing_is_obtained() => Assert.Equal(
        RejectionCode.ProfessionNotPermitted,
        policy.MayObtain(new(Clinician with { Profession = null }, Of(ProviderKind.Clinic), Citizen, [Joining, Sharing("2025-12-01", null, null)], At("2026-03-02"))).Refusal?.Code);

    private static AccessPrincipal Clinician { get; } = new("doctor", Role.Clinician, "clinic", null, Profession: Profession.MedicalPractitioner);

    private static Provider Of(ProviderKind kind) => new("clinic", "Synthetic Clinic", "", kind);

    private static Consent Sharing(string from, string? expires, string? revoked) =>
        new("s", "p1", ConsentKind.Sharing, "clinic", At(from), expires is null ? null : At(expires), revoked is null ? null : At(revoked));

    /// <summary>Time in Hong Kong.</summary>
    private static DateTimeOffset At(string text) => new(DateTime.Parse(text, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
