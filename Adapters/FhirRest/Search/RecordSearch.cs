using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>Search of the types that the record keeps: within one citizen's record, or in the directory.</summary>
internal sealed class RecordSearch(IRecordReader record, SearchSubject subjects, RecordGate gate, InclusionFinder inclusions, SearchPaging paging)
{
    public async Task<FhirAnswer> AnswerAsync(FhirRequest request, SearchRequest search, CancellationToken cancellationToken)
    {
        var type = request.Type!;
        var (after, forged) = paging.Open(request, search, type.Name);
        if (forged is not null) return forged;
        string? personId = null;
        if (type.PatientData)
        {
            if (!SearchSubject.Names(request, search)) return SearchSubject.Needed();
            personId = await subjects.PersonAsync(request, search, cancellationToken);
        }

        var ask = new Ask(request.Principal, type.PatientData ? DataScope.Record : DataScope.Directory, "search", search.AuditTarget(type), personId);
        var grant = await gate.DecideAsync(ask, cancellationToken);
        if (!grant.Accepted) return FhirAnswer.Refused(grant.Rejection);
        if (search.Impossible) return paging.Page(request, search, type.Name, [], 0, null);

        var page = await record.SearchAsync(search.ToQuery(type.Name, personId, grant.Value.Permitted, after), cancellationToken);
        grant.Value.EnsureCovers(page);
        if (search.CountOnly) return paging.Page(request, search, type.Name, [], page.Total, page.Next);
        List<StoredResource> found = [.. page.Resources.Select(resource => JoinedLinks.Into(resource, grant.Value))];
        var included = await inclusions.FindAsync(request, search, found, grant.Value, cancellationToken);
        if (!included.Accepted) return FhirAnswer.Refused(included.Rejection);
        var matches = found.Select(ServedResource.From);
        if (search.Elements is { } elements) matches = matches.Select(match => Subset.Of(match, elements));
        return paging.Page(request, search, type.Name, [.. matches], page.Total, page.Next, included.Value);
    }
}
