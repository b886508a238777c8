using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>Whose record a search is about.</summary>
internal sealed class SearchSubject(IPersonStore persons, ResourceFinder finder)
{
    /// <summary>A citizen who names nobody means the own record.</summary>
    public async Task<string?> PersonAsync(FhirRequest request, SearchRequest search, CancellationToken cancellationToken) =>
        search.PatientId is { } patientId ? await finder.PersonOfPatientAsync(patientId, cancellationToken)
        : await OwnAsync(request.Principal, cancellationToken);

    /// <returns>The person whose own record a citizen's credential opens; null for everybody else.</returns>
    public async Task<string?> OwnAsync(AccessPrincipal principal, CancellationToken cancellationToken) =>
        principal is { Role: Role.Citizen, DocumentNumber: { } number } ? (await persons.FindByDocumentAsync(number, cancellationToken))?.Id : null;

    /// <returns>The person who survives a merge; the same where there was none.</returns>
    public async Task<string?> SurvivorAsync(string? personId, CancellationToken cancellationToken) =>
        personId is null ? null : (await persons.GetAsync(personId, cancellationToken))?.MergedInto ?? personId;

    public static bool Names(FhirRequest request, SearchRequest search) =>
        search.PatientId is not null || request.Principal is { Role: Role.Citizen, DocumentNumber: not null };

    public static FhirAnswer Needed() => FhirAnswer.Refused(
        new Rejection(RejectionCode.SearchParameterInvalid, "patient is needed: a search stays within one citizen's record"), "http.patient");
}
