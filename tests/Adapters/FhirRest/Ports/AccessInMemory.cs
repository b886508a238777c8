using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Tests.Adapters.FhirRest.Ports;

/// <summary>Asks the policy of the test with what the other ports hold.</summary>
public sealed class AccessInMemory(
    PolicyInShort policy, PersonsInMemory persons, ConsentsInMemory consents, SubstitutesInMemory substitutes, RegistryInMemory registry, TimeProvider clock) : IRecordAccess
{
    public async ValueTask<RecordAccess> DecideAsync(AccessPrincipal principal, string? personId, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var person = personId is null ? null : await persons.GetAsync(personId, cancellationToken);
        var given = person is null ? [] : await consents.ForPersonAsync(person.Id, cancellationToken);
        var request = new ObtainRequest(
            principal, principal.ProviderId is null ? null : registry.GetProvider(principal.ProviderId),
            person ?? new("", "", "", "", "", AdministrativeSex.Unknown, DateOnly.MinValue, at), given, at)
        {
            SubstituteDecisionMakers = person is null ? [] : await substitutes.ForPersonAsync(person.Id, cancellationToken),
        };
        return new(person, given, policy.MayObtain(request));
    }
}
