using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>Patient/$everything (FHIR R4, OperationDefinition/Patient-everything), paged.</summary>
internal sealed class EverythingOperation(IRecordReader record, ResourceFinder finder, RecordGate gate, SearchPaging paging, TimeProvider clock)
{
    /// <summary>
    /// Everything of one citizen. The first page begins with the index's Patient and the consents that the reader may know of;
    /// then comes the record, oldest first.
    /// </summary>
    public async Task<FhirAnswer> AnswerAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        var stated = await StatedParameters.ReadAsync(request.Http, cancellationToken);
        if (!stated.Accepted) return FhirAnswer.Refused(stated.Rejection);
        var (search, issue) = SearchReading.Read(request, null, stated.Value);
        if (search is null) return FhirAnswer.Refused([issue!]);

        var named = FhirRequest.IsId(request.Id!);
        var target = named ? $"Patient/{request.Id}/$everything" : "Patient/$everything";
        var personId = named ? await finder.PersonOfPatientAsync(request.Id!, cancellationToken) : null;
        var (after, forged) = paging.Open(request, search, target);
        if (forged is not null) return forged;
        var grant = await gate.DecideAsync(new Ask(request.Principal, DataScope.Record, "everything", target, personId), cancellationToken);
        if (!grant.Accepted) return FhirAnswer.Refused(grant.Rejection);

        var first = await FirstOfEverythingAsync(grant.Value, cancellationToken);
        var room = after is null ? Math.Max(1, search.Count - first.Count) : search.Count;
        var page = await record.EverythingAsync(personId!, grant.Value.Permitted, room, after, cancellationToken);
        grant.Value.EnsureCovers(page);
        List<ServedResource> matches = [.. after is null ? first : [], .. page.Resources.Select(resource => ServedResource.From(JoinedLinks.Into(resource, grant.Value)))];
        return paging.Page(request, search, target, search.CountOnly ? [] : matches, page.Total + first.Count, page.Next);
    }

    private async Task<IReadOnlyList<ServedResource>> FirstOfEverythingAsync(Grant grant, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        IEnumerable<ServedResource> consents =
        [
            .. grant.Consents.Select(consent => ConsentResource.Compose(consent, at)), .. finder.DerivedOf(grant).Select(derived => derived.Versions[0]),
            .. await finder.SubstitutesOfAsync(grant, cancellationToken),
        ];
        return grant.Covers(SharingCategory.PersonalParticulars)
            ? [await finder.ComposeIndexPatientAsync(grant.Person!, grant, cancellationToken), .. consents]
            : [.. consents];
    }
}
