using System.Collections.Frozen;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Policy;

/// <summary>Decides by the rules of <see cref="SharingRules"/> and the consents. What no rule permits is refused.</summary>
public sealed class AccessPolicy : IAccessPolicy
{
    private const string OwnRecord = "A citizen reads the own record (Cap. 486, data subject access)";
    private const string DenyByDefault = "Denied by default: no rule permits it";

    private static readonly FrozenSet<SharingCategory> Everything = Enum.GetValues<SharingCategory>().ToFrozenSet();
    private static readonly FrozenSet<SharingCategory> Nothing = FrozenSet<SharingCategory>.Empty;

    public AccessDecision MayProvide(Provider provider, Person person, IReadOnlyList<Consent> consents, DateTimeOffset at)
    {
        if (!provider.Active) return Refuse(new(RejectionCode.ProviderMayNotProvide, "The registration of this provider is suspended"));
        return SharingRules.Find(Right.Provide, provider.Kind, at) is { } rule
            ? Apply(rule, provider, person, consents, at)
            : Refuse(new(RejectionCode.ProviderMayNotProvide, $"No rule in force on {HongKongDay.Text(at)} lets a provider of this kind provide data"));
    }

    public AccessDecision MayObtain(ObtainRequest request) => request.Principal.Role switch
    {
        Role.Citizen => MayReadOwn(request.Principal, request.Person),
        Role.Clinician => MayObtainFor(request.Principal, request.Provider, request.Person, request.Consents, request.At),
        _ => Refuse(new(RejectionCode.RoleNotPermitted, $"The role {AccessPrincipal.KeyOf(request.Principal.Role)} may not obtain records")),
    };

    private static AccessDecision MayReadOwn(AccessPrincipal principal, Person person) =>
        principal.DocumentNumber is { Length: > 0 } own && string.Equals(own, person.DocumentNumber, StringComparison.OrdinalIgnoreCase)
            ? new(null, OwnRecord, Everything)
            : Refuse(new(RejectionCode.NotOwnRecord, "A citizen may obtain only the own record"));

    private static AccessDecision MayObtainFor(
        AccessPrincipal principal, Provider? provider, Person person, IReadOnlyList<Consent> consents, DateTimeOffset at)
    {
        if (provider is null || provider.Id != principal.ProviderId)
        {
            return Refuse(new(RejectionCode.RoleNotPermitted, "The clinician acts for no registered provider"));
        }

        if (!provider.Active) return Refuse(new(RejectionCode.RoleNotPermitted, "The registration of the clinician's provider is suspended"));
        return SharingRules.Find(Right.Obtain, provider.Kind, at) is { } rule
            ? Apply(rule, provider, person, consents, at)
            : Refuse(new(RejectionCode.RoleNotPermitted, $"No rule in force on {HongKongDay.Text(at)} lets a provider of this kind obtain data"));
    }

    private static AccessDecision Apply(SharingRule rule, Provider provider, Person person, IReadOnlyList<Consent> consents, DateTimeOffset at)
    {
        var refusal = ConsentStanding.Joining(person.Id, consents, at)
            ?? (rule.NeedsSharing ? ConsentStanding.Sharing(person.Id, provider.Id, consents, at) : null);
        return new(refusal, rule.Title, refusal is null ? Everything : Nothing);
    }

    private static AccessDecision Refuse(Rejection refusal) => new(refusal, DenyByDefault, Nothing);
}
