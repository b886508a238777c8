using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Policy;

namespace EHealthPlus.Tests.Routing.Policy;

/// <summary>The days on which the law changes its answer, to the second, in Hong Kong.</summary>
public sealed class LawEdgeTests
{
    private static readonly AccessPrincipal Parent = new("parent", Role.Citizen, null, "G123456A");
    private readonly AccessPolicy policy = new();

    [Theory]
    [InlineData(2026, 3, 1, 1, "2027-03-01")]
    [InlineData(2028, 2, 29, 1, "2029-03-01")]
    [InlineData(2027, 2, 28, 1, "2028-02-28")]
    [InlineData(2012, 2, 29, 16, "2028-02-29")]
    [InlineData(2084, 2, 29, 16, "2100-03-01")]
    [InlineData(2010, 12, 31, 16, "2026-12-31")]
    public void A_year_is_over_on_its_anniversary_and_never_early(int year, int month, int day, int years, string anniversary) =>
        Assert.Equal(anniversary, HongKongDay.Text(HongKongDay.Anniversary(new(year, month, day), years)));

    [Theory]
    [InlineData(2010, 11, 22, "2026-11-21T23:59:59", true)]
    [InlineData(2010, 11, 22, "2026-11-22T00:00:00", false)]
    [InlineData(2012, 2, 29, "2028-02-28T23:59:59", true)]
    [InlineData(2012, 2, 29, "2028-02-29T00:00:00", false)]
    [InlineData(2084, 2, 29, "2100-02-28T23:59:59", true)]
    [InlineData(2084, 2, 29, "2100-03-01T00:00:00", false)]
    public void A_parent_reads_until_the_16th_birthday_begins_in_Hong_Kong(int year, int month, int day, string at, bool granted)
    {
        var born = new DateOnly(year, month, day);
        var decision = policy.MayObtain(Request(born, SubstitutionGround.Minor, HongKongDay.StartOf(HongKongDay.Anniversary(born, 16)), at));
        Assert.Equal(granted, decision.Granted);
        Assert.Equal("m", decision.OnBehalfBy);
        if (granted) return;
        Assert.Equal(RejectionCode.SubstituteDecisionMakerEnded, decision.Refusal?.Code);
        Assert.Contains("16th birthday, " + at[..10], decision.Refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_authority_that_was_ended_reads_no_more_and_one_for_lacking_capacity_has_no_birthday()
    {
        var request = Request(new(1940, 1, 1), SubstitutionGround.LackingCapacity, null, "2026-11-21T12:00:00");
        Assert.True(policy.MayObtain(request).Granted);
        var ended = request with { SubstituteDecisionMakers = [request.SubstituteDecisionMakers[0] with { EndedAt = At("2026-11-21T12:00:00") }] };
        Assert.Equal(RejectionCode.SubstituteDecisionMakerEnded, policy.MayObtain(ended).Refusal?.Code);
    }

    [Fact]
    public void An_authority_over_another_or_of_another_or_not_begun_is_none()
    {
        var request = Request(new(2015, 1, 1), SubstitutionGround.Minor, null, "2026-11-21T12:00:00");
        var maker = request.SubstituteDecisionMakers[0];
        foreach (var other in new[] { maker with { PersonId = "p2" }, maker with { DocumentNumber = "L5555550" }, maker with { From = At("2026-11-21T12:00:01") } })
            Assert.Equal(RejectionCode.NotOwnRecord, policy.MayObtain(request with { SubstituteDecisionMakers = [other] }).Refusal?.Code);
    }

    [Fact]
    public void A_new_authority_holds_beside_an_ended_one()
    {
        var request = Request(new(1940, 1, 1), SubstitutionGround.LackingCapacity, null, "2026-11-21T12:00:00");
        var maker = request.SubstituteDecisionMakers[0];
        var decision = policy.MayObtain(request with { SubstituteDecisionMakers = [maker with { Id = "old", EndedAt = At("2026-01-01T00:00:00") }, maker] });
        Assert.Equal((true, "m"), (decision.Granted, decision.OnBehalfBy));
    }

    /// <summary>The citizen's view is what the app shows; a copy of everything is a data access request.</summary>
    [Fact]
    public void The_app_shows_radiology_images_and_Chinese_medicine_from_17_November_2025()
    {
        var citizen = Citizen(new(1980, 1, 1));
        Assert.DoesNotContain(SharingCategory.RadiologyImages, View("2025-11-16T23:59:59"));
        Assert.Contains(SharingCategory.RadiologyImages, View("2025-11-17T00:00:00"));
        Assert.Contains(SharingCategory.ChineseMedicineRecords, View("2025-11-17T00:00:00"));
        Assert.DoesNotContain(SharingCategory.ClinicalNotesAndSummaries, View("2025-11-17T00:00:00"));

        IReadOnlySet<SharingCategory> View(string at) => policy.MayObtain(new(new("citizen", Role.Citizen, null, citizen.DocumentNumber), null, citizen, [], At(at))).Permitted;
    }

    /// <summary>The amendment gave a right to provide, not one to obtain.</summary>
    [Theory]
    [InlineData("2025-11-30T23:59:59", RejectionCode.SharingConsentMissing)]
    [InlineData("2025-12-01T00:00:00", null)]
    public void From_1_December_2025_a_private_provider_provides_without_sharing_consent_and_still_obtains_nothing(string at, RejectionCode? refused)
    {
        var citizen = Citizen(new(1980, 1, 1));
        Consent[] joined = [new("j", citizen.Id, ConsentKind.Joining, null, At("2020-01-01T00:00:00"), null, null)];
        var clinic = new Provider("clinic", "Synthetic Clinic", "", ProviderKind.Clinic);
        Assert.Equal(refused, policy.MayProvide(clinic, citizen, joined, At(at)).Refusal?.Code);
        var doctor = new AccessPrincipal("doctor", Role.Clinician, "clinic", null, Profession: Profession.MedicalPractitioner);
        Assert.Equal(RejectionCode.SharingConsentMissing, policy.MayObtain(new(doctor, clinic, citizen, joined, At(at))).Refusal?.Code);
    }

    private static ObtainRequest Request(DateOnly born, SubstitutionGround ground, DateTimeOffset? until, string at)
    {
        var child = Citizen(born);
        return new(Parent, null, child, [], At(at))
        {
            SubstituteDecisionMakers = [new("m", child.Id, "G123456A", "SYNTHETIC PARENT", "MTH", ground, HongKongDay.StartOf(new(2015, 1, 1)) < HongKongDay.StartOf(born) ? HongKongDay.StartOf(born) : HongKongDay.StartOf(new(2015, 1, 1)), until, null)],
        };
    }

    private static Person Citizen(DateOnly born) => new("p1", "A1234563", "TESTPATIENT", "ALPHA", "", AdministrativeSex.Female, born, HongKongDay.StartOf(born));

    /// <summary>Time in Hong Kong.</summary>
    private static DateTimeOffset At(string text) => new(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
