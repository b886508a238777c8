using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Access;

/// <summary>A permit with the rule that gave it, or a refusal.</summary>
/// <param name="Rule">Name of the rule and its legal basis, for the audit.</param>
/// <param name="Permitted">What may be obtained; empty for a refusal.</param>
public sealed record AccessDecision(Rejection? Refusal, string Rule, IReadOnlySet<SharingCategory> Permitted)
{
    public bool Granted => Refusal is null;
}

/// <summary>Decides who may provide and who may obtain: two separate rights (Cap. 625). Pure; deny by default.</summary>
public interface IAccessPolicy
{
    /// <summary>May this provider deposit data about this person at this time?</summary>
    AccessDecision MayProvide(Provider provider, Person person, IReadOnlyList<Consent> consents, DateTimeOffset at);

    /// <summary>May this principal obtain data about this person at this time, and which categories?</summary>
    /// <param name="provider">The principal's provider; null where it has none.</param>
    AccessDecision MayObtain(AccessPrincipal principal, Provider? provider, Person person, IReadOnlyList<Consent> consents, DateTimeOffset at);
}
