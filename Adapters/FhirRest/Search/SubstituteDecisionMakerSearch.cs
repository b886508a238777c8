using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Consents;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>
/// Search of RelatedPerson by a registrar, who reads no record: the substitute decision makers of one citizen. Others find them by their ids and
/// in Patient/$everything.
/// </summary>
internal sealed class SubstituteDecisionMakerSearch(ISubstituteDecisionMakerStore substitutes, SearchSubject subjects, RecordGate gate, SearchPaging paging, TimeProvider clock)
{
    public async Task<FhirAnswer> AnswerAsync(FhirRequest request, SearchRequest search, CancellationToken cancellationToken)
    {
        if (!SearchSubject.Names(request, search)) return SearchSubject.Needed();
        var personId = await subjects.PersonAsync(request, search, cancellationToken);
        var grant = await gate.DecideAsync(new Ask(request.Principal, DataScope.Consents, "search", search.AuditTarget(request.Type!), personId), cancellationToken);
        if (!grant.Accepted) return FhirAnswer.Refused(grant.Rejection);
        var at = clock.GetUtcNow();
        var matches = (await substitutes.ForPersonAsync(personId!, cancellationToken))
            .Where(maker => search.Ids?.Contains(maker.Id) is not false)
            .Select(maker => SubstituteDecisionMakerResource.Versions(maker, at)[0]).ToList();
        return paging.Page(request, search, "RelatedPerson", search.CountOnly ? [] : matches, matches.Count, null);
    }
}
