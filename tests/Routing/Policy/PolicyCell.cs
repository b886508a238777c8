using System.Globalization;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Tests.Routing.Policy;

/// <summary>The states of consent that the tables in docs/policy tell apart.</summary>
public enum ConsentState
{
    NeverJoined,
    Joined,
    JoiningWithdrawn,
    SharedForOneYear,
    SharedWithoutEnd,
    SharingExpired,
    SharingRevoked,
    SharedWithAnother,
    SharedButNeverJoined,
}

/// <summary>The values along the axes of the policy, and the questions made of them.</summary>
internal static class PolicyCell
{
    public const string Own = "provider";

    public static readonly Person Citizen = new("p1", "A1234563", "TESTPATIENT", "ALPHA", "", AdministrativeSex.Female, new(1980, 2, 29), Noon(new(2016, 3, 13)));

    /// <summary>A day within each span between two changes of the law, and both days of the change of 2025.</summary>
    public static readonly DateOnly[] Days = [new(2016, 3, 12), new(2020, 6, 30), new(2023, 1, 1), new(2025, 11, 16), new(2025, 11, 30), new(2025, 12, 1), new(2026, 11, 21)];

    public static readonly PurposeOfUse?[] Purposes = [null, .. Enum.GetValues<PurposeOfUse>().Select(purpose => (PurposeOfUse?)purpose)];

    public static DateTimeOffset Noon(DateOnly day) => HongKongDay.StartOf(day).AddHours(12);

    public static Provider Provider(ProviderKind kind) => new(Own, "Synthetic", "", kind);

    public static Consent[] Consents(ConsentState state, DateOnly day)
    {
        var at = Noon(day);
        var joining = new Consent("j", Citizen.Id, ConsentKind.Joining, null, at.AddYears(-5), null, null);
        var sharing = new Consent("s", Citizen.Id, ConsentKind.Sharing, Own, at.AddDays(-300), null, null);
        return state switch
        {
            ConsentState.NeverJoined => [],
            ConsentState.Joined => [joining],
            ConsentState.JoiningWithdrawn => [joining with { RevokedAt = at.AddDays(-1) }, sharing],
            ConsentState.SharedForOneYear => [joining, sharing with { ExpiresAt = at.AddDays(66) }],
            ConsentState.SharedWithoutEnd => [joining, sharing],
            ConsentState.SharingExpired => [joining, sharing with { GivenAt = at.AddDays(-400), ExpiresAt = at.AddDays(-34) }],
            ConsentState.SharingRevoked => [joining, sharing with { RevokedAt = at.AddHours(-1) }],
            ConsentState.SharedWithAnother => [joining, sharing with { ProviderId = "another" }],
            ConsentState.SharedButNeverJoined => [sharing],
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };
    }

    public static ObtainRequest Clinician(DateOnly day, ProviderKind kind, ConsentState state, Profession? profession, PurposeOfUse? purpose, bool related) =>
        new(new("clinician", Role.Clinician, Own, null, Profession: profession, Purpose: purpose), Provider(kind), Citizen, Consents(state, day), Noon(day))
        {
            CareRelation = related ? new("Encounter", day.AddDays(-3)) : null,
        };

    /// <summary>yes, yes but flagged, or the number and name of the refusal.</summary>
    public static string Told(AccessDecision decision) =>
        decision.Refusal is { } refusal ? string.Create(CultureInfo.InvariantCulture, $"{(int)refusal.Code} {refusal.Code}")
        : decision.WithoutCareRelation ? "yes but flagged" : "yes";
}
