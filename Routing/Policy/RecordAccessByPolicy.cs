using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Routing.Policy;

/// <summary>Gathers what a decision looks at. A care relation is looked for only where consent and role would permit the read.</summary>
public sealed class RecordAccessByPolicy(
    IAccessPolicy policy, IPersonStore persons, IConsentStore consents, ISubstituteDecisionMakerStore substitutes, ICareRelations relations, IRegistry registry,
    TimeProvider clock) : IRecordAccess
{
    public async ValueTask<RecordAccess> DecideAsync(AccessPrincipal principal, string? personId, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var person = personId is null ? null : await persons.GetAsync(personId, cancellationToken);
        var given = person is null ? [] : await consents.ForPersonAsync(person.Id, cancellationToken);
        var provider = principal.ProviderId is null ? null : registry.GetProvider(principal.ProviderId);

        // Nobody of that id is decided on as a person who has consented to nothing: the answer then tells nothing about who exists.
        var request = new ObtainRequest(
            principal, provider, person ?? new("", "", "", "", "", AdministrativeSex.Unknown, DateOnly.MinValue, at), given, at)
        {
            Place = principal.ServiceLocationId is null ? null : registry.GetServiceLocation(principal.ServiceLocationId),
        };
        if (principal.Role == Role.Citizen && person is not null && person.DocumentNumber != principal.DocumentNumber)
        {
            request = request with { SubstituteDecisionMakers = await substitutes.ForPersonAsync(person.Id, cancellationToken) };
        }

        var decision = policy.MayObtain(request);
        if (decision.WithoutCareRelation && person is not null && provider is not null
            && await relations.FindAsync(person.Id, provider.Id, at, cancellationToken) is { } relation)
        {
            decision = policy.MayObtain(request with { CareRelation = relation });
        }

        return new(person, given, decision);
    }
}
