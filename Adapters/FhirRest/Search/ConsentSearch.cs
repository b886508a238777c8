using System.Globalization;
using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>Search of one citizen's consents, which are few and read whole for the decision.</summary>
internal sealed class ConsentSearch(SearchSubject subjects, ResourceFinder finder, RecordGate gate, SearchPaging paging, TimeProvider clock)
{
    public async Task<FhirAnswer> AnswerAsync(FhirRequest request, SearchRequest search, CancellationToken cancellationToken)
    {
        if (!SearchSubject.Names(request, search)) return SearchSubject.Needed();
        var (after, forged) = paging.Open(request, search, "Consent");
        if (forged is not null) return forged;
        var personId = await subjects.PersonAsync(request, search, cancellationToken);
        var ask = new Ask(request.Principal, DataScope.Consents, "search", search.AuditTarget(request.Type!), personId);
        var grant = await gate.DecideAsync(ask, cancellationToken);
        if (!grant.Accepted) return FhirAnswer.Refused(grant.Rejection);

        var at = clock.GetUtcNow();
        var matches = grant.Value.Consents
            .Where(consent => search.Ids?.Contains(consent.Id) is not false)
            .Where(consent => search.Statuses?.Contains(ConsentResource.StatusAt(consent, at)) is not false)
            .Where(consent => search.Categories.All(alternatives => alternatives.Any(token => NamesKind(token, ConsentResource.CodeOf(consent.Kind)))))
            .Select(consent => ConsentResource.Compose(consent, at))
            .Concat(Derived(search, grant.Value))
            .ToList();
        var start = after is null ? 0 : int.Parse(after, CultureInfo.InvariantCulture);
        var end = start + search.Count;
        return paging.Page(
            request, search, "Consent", search.CountOnly ? [] : [.. matches.Skip(start).Take(search.Count)], matches.Count,
            end < matches.Count ? end.ToString(CultureInfo.InvariantCulture) : null);
    }

    // The version tells whether it holds: the second says that it ended.
    private IEnumerable<ServedResource> Derived(SearchRequest search, Grant grant) =>
        from derived in finder.DerivedOf(grant)
        where search.Ids?.Contains(derived.Id) is not false
        where search.Statuses?.Contains(derived.Versions.Count == 1 ? "active" : "inactive") is not false
        where search.Categories.All(alternatives => alternatives.Any(token => NamesKind(token, "derived")))
        select derived.Versions[0];

    private static bool NamesKind(string token, string kind) =>
        TokenParameter.CodeOf(token) == kind && (!token.Contains('|', StringComparison.Ordinal) || token == $"{FhirSystems.ConsentKind}|{kind}");
}
