using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>
/// Search of Practitioner by registration number, and of PractitionerRole by practitioner or organization, in the registry. A search that
/// names none of these is one of the record, which keeps those that messages name.
/// </summary>
internal sealed class ProfessionalSearch(IProfessionals professionals, RecordGate gate, SearchPaging paging, TimeProvider clock)
{
    public static bool Names(SearchRequest search) => search.RegistrationNumber is not null || search.PractitionerId is not null || search.OrganizationId is not null;

    public async Task<FhirAnswer> AnswerAsync(FhirRequest request, SearchRequest search, CancellationToken cancellationToken)
    {
        var type = request.Type!;
        var grant = await gate.DecideAsync(new Ask(request.Principal, DataScope.Directory, AuditAction.Search, search.AuditTarget(type), null), cancellationToken);
        if (!grant.Accepted) return FhirAnswer.Refused(grant.Rejection);
        var found = (type.Name == "Practitioner" ? Practitioners(search) : Roles(search)).Where(resource => search.Ids?.Contains(resource.Id) is not false).ToList();
        var page = search.CountOnly ? [] : found.Take(search.Count).ToList();
        return paging.Page(request, search, type.Name, page, found.Count, null);
    }

    private IEnumerable<ServedResource> Practitioners(SearchRequest search)
    {
        var asked = search.RegistrationNumber!;
        var bar = asked.LastIndexOf('|');
        var system = bar < 0 ? null : asked[..bar];
        var value = asked[(bar + 1)..];
        return professionals.All
            .Where(each => string.Equals(each.RegistrationNumber, value, StringComparison.OrdinalIgnoreCase) && (system is null || RegisteredPractitioner.RegistrationSystem(each.Profession) == system))
            .Select(RegisteredPractitioner.Compose);
    }

    private IEnumerable<ServedResource> Roles(SearchRequest search)
    {
        var named = search.PractitionerId is { } id ? new[] { professionals.Get(id) }.OfType<Professional>() : professionals.All;
        var now = clock.GetUtcNow();
        return named.SelectMany(professional => professionals.AffiliationsOf(professional.Id)
            .Where(affiliation => search.OrganizationId is not { } organization || affiliation.ProviderId == organization)
            .Select(affiliation => RegisteredPractitioner.Compose(professional, affiliation, now)));
    }
}
