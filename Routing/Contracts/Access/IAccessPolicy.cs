using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Routing.Contracts.Access;

/// <summary>Who wants to obtain whose data, with all that the decision looks at.</summary>
/// <param name="Provider">The principal's provider; null where it has none, or none is registered.</param>
/// <param name="Consents">All of the person, ended ones too.</param>
public sealed record ObtainRequest(AccessPrincipal Principal, Provider? Provider, Person Person, IReadOnlyList<Consent> Consents, DateTimeOffset At)
{
    /// <summary>The principal's service location, where it names one that is registered.</summary>
    public ServiceLocation? Place { get; init; }

    public CareRelation? CareRelation { get; init; }

    /// <summary>Those of the person, ended ones too.</summary>
    public IReadOnlyList<SubstituteDecisionMaker> SubstituteDecisionMakers { get; init; } = [];
}

/// <summary>A right that the law gives to providers of a kind with the joining consent: the citizen sees it as a derived consent.</summary>
/// <param name="RuleId">Of the rule that gives it, as decisions name it.</param>
public sealed record DerivedRight(ProviderKind Kind, string RuleId, Wording Title, Wording LegalBasis);

/// <summary>Decides who may provide and who may obtain: two separate rights (Cap. 625). Pure; deny by default.</summary>
public interface IAccessPolicy
{
    /// <summary>May this provider deposit data about this person at this time, and of which categories?</summary>
    AccessDecision MayProvide(Provider provider, Person person, IReadOnlyList<Consent> consents, DateTimeOffset at);

    /// <summary>May this principal obtain data about this person at this time, and which categories?</summary>
    AccessDecision MayObtain(ObtainRequest request);

    /// <summary>The rights to obtain that come with a joining consent alone.</summary>
    IReadOnlyList<DerivedRight> DerivedRights(DateTimeOffset at);
}
