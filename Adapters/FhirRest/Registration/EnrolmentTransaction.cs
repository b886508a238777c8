using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Registration;

/// <summary>
/// POST /fhir: enrols a citizen by a transaction Bundle of one Patient, the joining Consent and any sharing Consents.
/// All of it is checked before anything is written; account and joining consent are one commit. Should the hub stop after that,
/// the same Bundle sent again adds what is missing and gives the same answer.
/// </summary>
internal sealed class EnrolmentTransaction(
    IPersonIndex index, IPersonStore persons, IConsentStore consents, IRegistry registry, ConsentDesk desk, TimeProvider clock)
{
    public async Task<FhirAnswer> AnswerAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        var principal = request.Principal;
        if (await desk.RefuseAsync(principal, principal.DocumentNumber, null, AuditAction.Enrol, "Patient", cancellationToken) is { } refusal) return FhirAnswer.Refused(refusal);

        var read = await RequestBody.ReadJsonAsync(request.Http, cancellationToken);
        if (!read.Accepted) return FhirAnswer.Refused(read.Rejection);
        using var document = read.Value;
        var issues = new List<Issue>();
        var bundle = ConsentInteractions.ResourceIn(document, "Bundle", issues) is { } body ? EnrolmentBundle.Read(body, registry, desk.Today, issues) : null;
        if (bundle is null) return FhirAnswer.Refused(issues);

        var number = bundle.Enrolment.DocumentNumber;
        if (await desk.RefuseAsync(principal, number, null, AuditAction.Enrol, "Patient", cancellationToken) is { } stranger) return FhirAnswer.Refused(stranger);

        // What was seen of a card says who saw it: nobody vouches for himself.
        if (principal.Role == Role.Citizen && bundle.Enrolment.Assurance != IndexAssurance.Of(Assurance.Stated))
        {
            var unseen = new Rejection(RejectionCode.RoleNotPermitted, "A citizen states: only who saw the document says so", null, "市民只能申報資料：核實證件由登記人員記錄");
            return FhirAnswer.Refused(await desk.RecordRefusalAsync(principal, AuditAction.Enrol, null, "Patient", unseen, cancellationToken));
        }

        // A child cannot join alone, nor share in the same breath: the account first, then who decides, then the consents.
        if (HongKongDay.Anniversary(bundle.Enrolment.BirthDate, 16) > desk.Today && (principal.Role == Role.Citizen || bundle.Entries.Any(entry => entry.Consent?.Kind == ConsentKind.Sharing)))
        {
            return FhirAnswer.Refused(await desk.RecordRefusalAsync(principal, AuditAction.Enrol, null, "Patient", ConsentDesk.Needed, cancellationToken));
        }

        var before = await persons.FindByDocumentAsync(number, cancellationToken);
        var joinedBefore = before is null ? null : await JoiningAsync(before, cancellationToken);
        var enrolled = await index.EnrolAsync(bundle.Enrolment, principal.Name, principal.Role, repeatAccepted: true, cancellationToken);
        if (!enrolled.Accepted)
        {
            var told = await desk.RecordRefusalAsync(principal, AuditAction.Enrol, before?.Id, "Patient", enrolled.Rejection, cancellationToken);
            return FhirAnswer.Refused(told, bundle.Entries.First(entry => entry.Consent is null).Resource.Path);
        }

        var person = enrolled.Value;
        if (joinedBefore is not null && await desk.RecordUnchangedAsync(principal, AuditAction.Enrol, person.Id, $"Patient/{person.Id}", cancellationToken) is { } unaudited)
        {
            return FhirAnswer.Refused(unaudited);
        }

        var outcomes = new List<(ServedResource Resource, bool Created)>();
        foreach (var entry in bundle.Entries)
        {
            switch (entry.Consent)
            {
                case null:
                    outcomes.Add((IndexPatient.Compose(person, []), before is null));
                    break;
                case { Kind: ConsentKind.Joining }:
                    var joining = await JoiningAsync(person, cancellationToken) ?? throw new InvalidOperationException("Enrolled without a joining consent");
                    outcomes.Add((ConsentResource.Compose(joining, clock.GetUtcNow()), joining.Id != joinedBefore?.Id));
                    break;
                default:
                    var given = await desk.GiveAsync(principal, person, entry.Consent, default, cancellationToken);
                    if (!given.Accepted) return FhirAnswer.Refused(given.Rejection);
                    outcomes.Add((ConsentResource.Compose(given.Value.Consent, clock.GetUtcNow()), given.Value.Created));
                    break;
            }
        }

        return new FhirAnswer(200) { Body = json => Write(json, request.BaseUrl, outcomes) };
    }

    private async Task<Consent?> JoiningAsync(Person person, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        return (await consents.ForPersonAsync(person.Id, cancellationToken))
            .FirstOrDefault(consent => consent.Kind == ConsentKind.Joining && consent.InForceAt(at));
    }

    private static void Write(Utf8JsonWriter json, string baseUrl, IReadOnlyList<(ServedResource Resource, bool Created)> outcomes)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "Bundle");
        json.WriteString("type", "transaction-response");
        json.WriteStartArray("entry");
        foreach (var (resource, created) in outcomes)
        {
            json.WriteStartObject();
            json.WriteString("fullUrl", $"{baseUrl}/{resource.Type}/{resource.Id}");
            json.WritePropertyName("resource");
            resource.Write(json);
            json.WriteStartObject("response");
            json.WriteString("status", created ? "201 Created" : "200 OK");
            json.WriteString("location", $"{resource.Type}/{resource.Id}/_history/{resource.VersionId}");
            json.WriteString("etag", $"W/\"{resource.VersionId}\"");
            if (resource.LastUpdated is { } at) json.WriteString("lastModified", DataTypes.Instant(at));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
