using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Adapters.FhirRest.Registration;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Identity;

/// <summary>
/// POST Patient/$match (FHIR R4, OperationDefinition Patient-match): who in the index could be the Patient given, the likeliest first.
/// Certain is only who has that identity card number with name, sex and date of birth all the same. Nothing is linked.
/// </summary>
internal sealed class MatchOperation(IPersonIndex index, RegistrarDoor door)
{
    private const int MostMatches = 50;
    private const double Probable = 0.5;

    public async Task<FhirAnswer> AnswerAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        if (await door.RefuseAsync(request.Principal, AuditAction.Match, cancellationToken) is { } refusal) return FhirAnswer.Refused(refusal);
        var read = await RequestBody.ReadJsonAsync(request.Http, cancellationToken);
        if (!read.Accepted) return FhirAnswer.Refused(read.Rejection);
        using var document = read.Value;
        var issues = new List<Issue>();
        if (ConsentInteractions.ResourceIn(document, "Parameters", issues) is not { } body || MatchParameters.Read(body) is not { } asked || issues.Count > 0) return FhirAnswer.Refused(issues);

        var found = await index.FindCandidatesAsync(asked.Stated, Math.Min(asked.Count, MostMatches), cancellationToken);
        var matches = asked.OnlyCertain ? [.. found.Where(IsCertain)] : found;
        if (await door.RecordAsync(request.Principal, AuditAction.Match, "Patient/$match", [.. matches.Select(match => match.Person.Id)], cancellationToken) is { } unaudited) return FhirAnswer.Refused(unaudited);
        return new FhirAnswer(200) { Body = json => Write(json, request.BaseUrl, matches) };
    }

    private static bool IsCertain(Candidate candidate) => candidate.Fields.Count > 0 && candidate.Fields.All(field => field.Agreement == FieldAgreement.Same);

    private static void Write(Utf8JsonWriter json, string baseUrl, IReadOnlyList<Candidate> matches)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "Bundle");
        json.WriteString("type", "searchset");
        json.WriteNumber("total", matches.Count);
        if (matches.Count > 0)
        {
            json.WriteStartArray("entry");
            foreach (var match in matches) WriteMatch(json, baseUrl, match);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteMatch(Utf8JsonWriter json, string baseUrl, Candidate match)
    {
        json.WriteStartObject();
        json.WriteString("fullUrl", $"{baseUrl}/Patient/{match.Person.Id}");
        json.WritePropertyName("resource");
        IndexPatient.Compose(match.Person, []).Write(json);
        json.WriteStartObject("search");
        json.WriteStartArray("extension");
        json.WriteStartObject();
        json.WriteString("url", "http://hl7.org/fhir/StructureDefinition/match-grade");
        json.WriteString("valueCode", IsCertain(match) ? "certain" : match.Probability >= Probable ? "probable" : "possible");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("mode", "match");
        json.WriteNumber("score", Math.Round(match.Probability, 4));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
