using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.FhirRest.Ports;

public sealed class PolicyInShort : IAccessPolicy
{
    public HashSet<SharingCategory> Scope { get; } = [.. Enum.GetValues<SharingCategory>()];

    public AccessDecision MayProvide(Provider provider, Person person, IReadOnlyList<Consent> consents, DateTimeOffset at) => throw new NotSupportedException();

    public AccessDecision MayObtain(ObtainRequest request)
    {
        var (principal, provider, person, consents, at) = request;
        if (principal.Role == Role.Citizen)
        {
            if (principal.DocumentNumber == person.DocumentNumber) return Permit("own record");
            return request.SubstituteDecisionMakers.FirstOrDefault(maker => maker.DocumentNumber == principal.DocumentNumber && maker.ActsAt(at)) is { } acting
                ? Permit("on behalf") with { OnBehalfBy = acting.Id }
                : Refuse(RejectionCode.NotOwnRecord);
        }

        if (principal.Role != Role.Clinician || provider is not { Active: true }) return Refuse(RejectionCode.RoleNotPermitted);
        if (!consents.Any(consent => consent.Kind == ConsentKind.Joining)) return Refuse(RejectionCode.JoiningConsentMissing);
        if (!consents.Any(consent => consent.Kind == ConsentKind.Joining && consent.InForceAt(at))) return Refuse(RejectionCode.JoiningConsentWithdrawn);
        var sharing = consents.Where(consent => consent.Kind == ConsentKind.Sharing && consent.ProviderId == provider.Id).ToList();
        if (sharing.Exists(consent => consent.InForceAt(at))) return Permit("sharing consent");
        return Refuse(sharing.Count == 0 ? RejectionCode.SharingConsentMissing : RejectionCode.SharingConsentEnded);
    }

    public IReadOnlyList<DerivedRight> DerivedRights(DateTimeOffset at) =>
        [new(ProviderKind.HospitalAuthority, "O1", new("HA obtains under joining consent", "醫管局按參與同意取覽資料"), new("the law of the test", "測試法例"))];

    private AccessDecision Permit(string rule) => new(null, rule, Scope);

    private static AccessDecision Refuse(RejectionCode code) => new(new Rejection(code, $"Refused by the policy of the test: {code}"), "denied by default", new HashSet<SharingCategory>());
}
