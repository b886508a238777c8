using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Identity;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>
/// Search of Patient by demographics (IHE PDQm 3.0, ITI-78) for registrars. The date of birth and a name are needed, so that nobody can be
/// browsed for; a name is found in any spelling and script of its sounds.
/// </summary>
internal sealed class DemographicSearch(IPersonIndex index, RegistrarDoor door, SearchPaging paging)
{
    private const int MostMatches = 50;

    public async Task<FhirAnswer> AnswerAsync(FhirRequest request, SearchRequest search, CancellationToken cancellationToken)
    {
        if (await door.RefuseAsync(request.Principal, "search", cancellationToken) is { } refusal) return FhirAnswer.Refused(refusal);
        if (search.BirthDate is not { } birthDate || search.Family is null) return FhirAnswer.Refused(new Rejection(RejectionCode.SearchParameterInvalid, "birthdate and family are needed"), "http.birthdate");

        var stated = $"{birthDate:yyyyMMdd}";
        var found = await index.FindCandidatesAsync(new([], [new(search.Family, search.Given ?? "", "")], stated, MatchParameters.SexOf(search.Gender), []), MostMatches, cancellationToken);
        var persons = found.Where(candidate => Holds(candidate, birthDate, search)).Select(candidate => candidate.Person).ToList();
        if (await door.RecordAsync(request.Principal, "search", search.AuditTarget(request.Type!), [.. persons.Select(person => person.Id)], cancellationToken) is { } unaudited) return FhirAnswer.Refused(unaudited);
        var matches = persons.ConvertAll(person => IndexPatient.Compose(person, []));
        return paging.Page(request, search, "Patient", search.CountOnly ? [] : matches, matches.Count, null);
    }

    private static bool Holds(Candidate candidate, DateOnly birthDate, SearchRequest search) =>
        candidate.Person.BirthDate == birthDate
        && (search.Gender is null || IndexPatient.GenderOf(candidate.Person.Sex) == search.Gender)
        && candidate.Fields.All(field => field.Field != IndexField.Name || Agrees(field.Agreement, candidate.Person, search.Given));

    // A string is found by its beginning (FHIR R4 3.1.1.4.9): of several given names the first may be asked for.
    private static bool Agrees(FieldAgreement name, Person person, string? given) => name switch
    {
        FieldAgreement.Same or FieldAgreement.SoundsAlike or FieldAgreement.Slip => true,
        FieldAgreement.Partly => given is null || Letters(person.GivenName).StartsWith(Letters(given), StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetter));
}
