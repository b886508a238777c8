using System.Globalization;
using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

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
        if (Unfit(search) is { } name) return FhirAnswer.Refused(new Rejection(RejectionCode.SearchParameterUnsupported, $"The registry is not searched with {name}"), $"http.{name}");
        var (after, forged) = paging.Open(request, search, type.Name);
        if (forged is not null) return forged;
        var grant = await gate.DecideAsync(new Ask(request.Principal, DataScope.Directory, AuditAction.Search, search.AuditTarget(type), null), cancellationToken);
        if (!grant.Accepted) return FhirAnswer.Refused(grant.Rejection);
        var found = (type.Name == "Practitioner" ? Practitioners(search) : Roles(search)).Where(resource => search.Ids?.Contains(resource.Id) is not false).ToList();
        var from = after is null ? 0 : int.Parse(after, CultureInfo.InvariantCulture);
        var until = from + search.Count;
        var page = search.CountOnly ? [] : found.Skip(from).Take(search.Count);
        if (search.Elements is { } elements) page = page.Select(resource => Subset.Of(resource, elements));
        return paging.Page(request, search, type.Name, [.. page], found.Count, until < found.Count ? until.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>What is composed from the registry has no time and no order, and brings nothing with it.</summary>
    private static string? Unfit(SearchRequest search) =>
        search.LastUpdated.Count > 0 ? "_lastUpdated"
        : search.Order != RecordOrder.NewestEntry ? "_sort"
        : search.Includes.Count > 0 ? "_include"
        : search.ReverseIncludes.Count > 0 ? "_revinclude"
        : null;

    private IEnumerable<ServedResource> Practitioners(SearchRequest search)
    {
        var (system, value) = (TokenParameter.SystemOf(search.RegistrationNumber!), TokenParameter.CodeOf(search.RegistrationNumber!));
        return professionals.All
            .Where(each => string.Equals(each.RegistrationNumber, value, StringComparison.OrdinalIgnoreCase) && (system is null || RegisteredPractitioner.RegistrationSystem(each.Profession) == system))
            .Select(RegisteredPractitioner.Compose);
    }

    private IEnumerable<ServedResource> Roles(SearchRequest search)
    {
        var named = search.PractitionerId is { } id ? new[] { professionals.Get(id) }.OfType<Professional>() : professionals.All;
        var now = clock.GetUtcNow();
        return named.Where(professional => search.Codes.All(alternatives => alternatives.Any(token => Names(token, professional.Profession)))).SelectMany(professional => professionals.AffiliationsOf(professional.Id)
            .Where(affiliation => search.OrganizationId is not { } organization || affiliation.ProviderId == organization)
            .Select(affiliation => RegisteredPractitioner.Compose(professional, affiliation, now)));
    }

    private static bool Names(string token, Profession profession) =>
        TokenParameter.SystemOf(token) is null or FhirSystems.Profession && TokenParameter.CodeOf(token) == ProfessionName.Of(profession).Key;
}
