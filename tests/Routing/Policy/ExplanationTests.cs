using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Policy;
using static EHealthPlus.Tests.Routing.Policy.PolicyCell;

namespace EHealthPlus.Tests.Routing.Policy;

/// <summary>Each answer explains itself in English and in Traditional Chinese.</summary>
public sealed class ExplanationTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private readonly AccessPolicy policy = new();

    [Theory]
    [InlineData(ConsentState.SharingExpired, "Refused: The sharing consent to this provider ended on 2026-10-18", "拒絕：給予此醫護機構的互通同意已於2026-10-18終止")]
    [InlineData(ConsentState.SharingRevoked, "Refused: The sharing consent to this provider was revoked on 2026-11-21", "拒絕：給予此醫護機構的互通同意已於2026-11-21撤回")]
    [InlineData(ConsentState.JoiningWithdrawn, "Refused: The joining consent ended on 2026-11-20", "拒絕：參與同意已於2026-11-20終止")]
    [InlineData(
        ConsentState.SharedForOneYear,
        "Permitted: A private provider obtains under its own sharing consent, which ends on 2027-01-26; nurse, treatment; care relation: Encounter of 2026-11-18",
        "准許：私營醫護機構按給予該機構的互通同意取覽資料，於2027-01-26終止；護士，治療；醫護關係：2026-11-18的 Encounter")]
    public void An_answer_names_the_day_and_the_rule(ConsentState state, string english, string chinese)
    {
        var decision = policy.MayObtain(Clinician(Today, ProviderKind.Clinic, state, Profession.Nurse, null, related: true));
        Assert.Equal(new Wording(english, chinese), decision.Explanation);
    }

    [Fact]
    public void Every_answer_of_the_matrix_has_both_texts()
    {
        foreach (var kind in Enum.GetValues<ProviderKind>())
        {
            foreach (var state in Enum.GetValues<ConsentState>())
            {
                foreach (var purpose in Purposes)
                {
                    Check(policy.MayObtain(Clinician(Today, kind, state, Profession.Radiographer, purpose, related: false)));
                    Check(policy.MayProvide(Provider(kind), Citizen, Consents(state, Today), Noon(Today)));
                }
            }
        }

        static void Check(AccessDecision decision)
        {
            Assert.NotNull(decision.Explanation);
            Assert.StartsWith(decision.Granted ? "Permitted: " : "Refused: ", decision.Explanation.English, StringComparison.Ordinal);
            Assert.StartsWith(decision.Granted ? "准許：" : "拒絕：", decision.Explanation.Chinese, StringComparison.Ordinal);
            Assert.True(decision.Explanation.Chinese.Length > 8);
            Assert.Equal(decision.Granted, decision.Refusal is null);
            if (decision.Refusal is not null) Assert.Contains(decision.Refusal.DetailChinese!, decision.Explanation.Chinese, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_permit_names_its_rule_and_legal_basis_for_the_audit()
    {
        var decision = policy.MayObtain(Clinician(Today, ProviderKind.HospitalAuthority, ConsentState.Joined, Profession.Nurse, null, related: true));
        Assert.StartsWith("O1 HA and DH obtain under joining consent 醫管局及衞生署按參與同意取覽資料 (Cap. 625", decision.Rule, StringComparison.Ordinal);
        Assert.Equal(PurposeOfUse.Treatment, decision.Purpose);
        Assert.Equal([ProviderKind.HospitalAuthority, ProviderKind.DepartmentOfHealth], policy.DerivedRights(Noon(Today)).Select(right => right.Kind));
    }

    [Theory]
    [InlineData(Profession.Nurse, null, true, true)]
    [InlineData(Profession.Radiographer, null, false, true)]
    [InlineData(Profession.Nurse, PurposeOfUse.CareManagement, false, true)]
    public void A_read_without_a_care_relation_is_flagged_or_refused(Profession profession, PurposeOfUse? purpose, bool granted, bool flagged)
    {
        var without = policy.MayObtain(Clinician(Today, ProviderKind.Clinic, ConsentState.SharedWithoutEnd, profession, purpose, related: false));
        Assert.Equal((granted, flagged), (without.Granted, without.WithoutCareRelation));
        var with = policy.MayObtain(Clinician(Today, ProviderKind.Clinic, ConsentState.SharedWithoutEnd, profession, purpose, related: true));
        Assert.Equal((true, false), (with.Granted, with.WithoutCareRelation));
        Assert.NotNull(with.CareRelation);
    }

    [Fact]
    public void A_machine_reads_only_where_a_care_relation_is_known()
    {
        var request = Clinician(Today, ProviderKind.Clinic, ConsentState.SharedWithoutEnd, Profession.Nurse, null, related: false);
        Assert.True(policy.MayObtain(request).Granted);
        var without = policy.MayObtain(request with { Principal = request.Principal with { Unattended = true } });
        Assert.Equal((RejectionCode.CareRelationMissing, true), (without.Refusal?.Code, without.WithoutCareRelation));
        var related = Clinician(Today, ProviderKind.Clinic, ConsentState.SharedWithoutEnd, Profession.Nurse, null, related: true);
        Assert.True(policy.MayObtain(related with { Principal = related.Principal with { Unattended = true } }).Granted);
    }
}
