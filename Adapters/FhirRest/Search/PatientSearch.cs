using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>Search of Patient: by identity card number in the index, or by id. Who was refused learns nothing of who exists.</summary>
internal sealed class PatientSearch(IPersonStore persons, ResourceFinder finder, RecordGate gate, DemographicSearch demographics, SearchPaging paging)
{
    public async Task<FhirAnswer> AnswerAsync(FhirRequest request, SearchRequest search, CancellationToken cancellationToken)
    {
        if (search.Demographic)
        {
            return search.DocumentNumber is null && search.Ids is null
                ? await demographics.AnswerAsync(request, search, cancellationToken)
                : FhirAnswer.Refused(new Rejection(RejectionCode.SearchParameterInvalid, "identifier and _id are searched alone"), "http.identifier");
        }

        if (search.DocumentNumber is null && search.Ids is not { Count: 1 })
        {
            return FhirAnswer.Refused(new Rejection(RejectionCode.SearchParameterInvalid, "identifier or one _id is needed"), "http.identifier");
        }

        if (search.DocumentNumber is { Length: 0 } || search.Impossible) return paging.Page(request, search, "Patient", [], 0, null);
        if (search.DocumentNumber is null) return await SearchPatientByIdAsync(request, search, cancellationToken);

        var person = await persons.FindByDocumentAsync(search.DocumentNumber, cancellationToken);
        var ask = new Ask(
            request.Principal, DataScope.IndexPatient, "search", search.AuditTarget(request.Type!), person?.Id, [SharingCategory.PersonalParticulars]);
        var grant = await gate.DecideAsync(ask, cancellationToken);
        if (!grant.Accepted)
        {
            return grant.Rejection.Code == RejectionCode.ResourceNotFound ? paging.Page(request, search, "Patient", [], 0, null) : FhirAnswer.Refused(grant.Rejection);
        }

        var matches = search.Ids?.Contains(person!.Id) is false
            ? []
            : new[] { await finder.ComposeIndexPatientAsync(person!, grant.Value, cancellationToken) };
        return paging.Page(request, search, "Patient", search.CountOnly ? [] : matches, matches.Length, null);
    }

    private async Task<FhirAnswer> SearchPatientByIdAsync(FhirRequest request, SearchRequest search, CancellationToken cancellationToken)
    {
        var found = await finder.FindAsync(request.Type!, search.Ids![0], VersionsAsked.Current, cancellationToken);
        var ask = new Ask(
            request.Principal, found?.Scope ?? DataScope.IndexPatient, "search", search.AuditTarget(request.Type!), found?.PersonId, found?.Categories);
        var grant = await gate.DecideAsync(ask, cancellationToken);
        if (!grant.Accepted)
        {
            return grant.Rejection.Code == RejectionCode.ResourceNotFound ? paging.Page(request, search, "Patient", [], 0, null) : FhirAnswer.Refused(grant.Rejection);
        }

        var matches = found is null ? [] : await found.ServeAsync(grant.Value, cancellationToken);
        return paging.Page(request, search, "Patient", search.CountOnly ? [] : matches, matches.Count, null);
    }
}
