using System.Collections.Frozen;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Routing.Policy;

/// <summary>Which right a rule gives. To provide and to obtain are separate rights (Cap. 625).</summary>
internal enum Right { Provide, Obtain }

/// <summary>One rule of the law: between two days, providers of these kinds have a right where these consents stand.</summary>
/// <param name="Until">First day on which it no longer holds; null for the law in force.</param>
/// <param name="NeedsSharing">True where the provider's own sharing consent is needed beside the joining consent.</param>
internal sealed record SharingRule(
    string Name, string LegalBasis, Right Right, FrozenSet<ProviderKind> Kinds, DateOnly From, DateOnly? Until, bool NeedsSharing)
{
    /// <summary>For the audit: which rule, on which basis.</summary>
    public string Title { get; } = $"{Name} ({LegalBasis})";

    public bool AppliesTo(Right right, ProviderKind kind, DateOnly day) =>
        Right == right && From <= day && !(Until <= day) && Kinds.Contains(kind);
}

/// <summary>The rules as data. What no rule permits is refused.</summary>
internal static class SharingRules
{
    // The Ordinance came into operation on 13 March 2016; its amendment of 2025 on 1 December 2025.
    private static readonly DateOnly Commencement = new(2016, 3, 13);
    private static readonly DateOnly Amendment = new(2025, 12, 1);

    private static readonly FrozenSet<ProviderKind> Public = [ProviderKind.HospitalAuthority, ProviderKind.DepartmentOfHealth];

    // Greater Bay Area institutions are no providers under the Ordinance: their channels have rules of their own.
    private static readonly FrozenSet<ProviderKind> Private =
    [
        ProviderKind.PrivateHospital, ProviderKind.Clinic, ProviderKind.MedicalLaboratory, ProviderKind.RadiologyCentre, ProviderKind.ChineseMedicineClinic,
        ProviderKind.DentalClinic, ProviderKind.CommunityPharmacy, ProviderKind.DistrictHealthCentre, ProviderKind.ResidentialCareHome,
    ];

    public static readonly IReadOnlyList<SharingRule> All =
    [
        new("HA and DH provide under joining consent", "Cap. 625", Right.Provide, Public, Commencement, null, NeedsSharing: false),
        new("Private provider provides under its own sharing consent", "Cap. 625 before 1 December 2025", Right.Provide, Private, Commencement, Amendment, NeedsSharing: true),
        new("Private provider provides under joining consent", "Cap. 625 from 1 December 2025", Right.Provide, Private, Amendment, null, NeedsSharing: false),
        new("HA and DH obtain under joining consent", "Cap. 625", Right.Obtain, Public, Commencement, null, NeedsSharing: false),
        new("Private provider obtains under its own sharing consent", "Cap. 625 section 12", Right.Obtain, Private, Commencement, null, NeedsSharing: true),
    ];

    public static SharingRule? Find(Right right, ProviderKind kind, DateTimeOffset at)
    {
        var day = HongKongDay.Of(at);
        foreach (var rule in All)
        {
            if (rule.AppliesTo(right, kind, day)) return rule;
        }

        return null;
    }
}
