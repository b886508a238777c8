using EHealthPlus.Adapters.FhirRest.Audit;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>Search within one type (FHIR R4 3.1.1): decided on, recorded, and only then looked up.</summary>
internal sealed class SearchInteraction(
    PatientSearch patients, ConsentSearch consents, SubstituteDecisionMakerSearch substitutes, RecordSearch record, AuditEventInteractions audit,
    ProfessionalSearch professionals)
{
    public async Task<FhirAnswer> AnswerAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        var stated = await StatedParameters.ReadAsync(request.Http, cancellationToken);
        if (!stated.Accepted) return FhirAnswer.Refused(stated.Rejection);
        var (search, issue) = SearchReading.Read(request, request.Type!, stated.Value);
        if (search is null) return FhirAnswer.Refused([issue!]);
        return request.Type!.Name switch
        {
            "Patient" => await patients.AnswerAsync(request, search, cancellationToken),
            "RelatedPerson" when request.Principal.Role == Role.Registrar => await substitutes.AnswerAsync(request, search, cancellationToken),
            "Consent" => await consents.AnswerAsync(request, search, cancellationToken),
            "AuditEvent" => await audit.SearchAsync(request, search, cancellationToken),
            "Practitioner" or "PractitionerRole" when ProfessionalSearch.Names(search) => await professionals.AnswerAsync(request, search, cancellationToken),
            _ => await record.AnswerAsync(request, search, cancellationToken),
        };
    }
}
