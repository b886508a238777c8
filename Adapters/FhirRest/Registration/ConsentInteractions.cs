using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EHealthPlus.Adapters.FhirRest.Registration;

/// <summary>
/// POST /fhir/Consent gives a consent; PUT /fhir/Consent/ID with status inactive revokes it, and changes nothing else.
/// </summary>
internal sealed class ConsentInteractions(IConsentStore consents, IPersonStore persons, IRegistry registry, ConsentDesk desk, TimeProvider clock)
{
    public async Task<FhirAnswer> CreateAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        // The role is asked before the body is read: who may not write here learns nothing from a body's faults.
        var principal = request.Principal;
        if (await desk.RefuseAsync(principal, principal.DocumentNumber, null, "consent-give", "Consent", cancellationToken) is { } refusal) return FhirAnswer.Refused(refusal);

        var read = await RequestBody.ReadJsonAsync(request.Http, cancellationToken);
        if (!read.Accepted) return FhirAnswer.Refused(read.Rejection);
        using var document = read.Value;
        var issues = new List<Issue>();
        var body = ResourceIn(document, "Consent", issues) is { } element ? ConsentBody.Read(element, registry, desk.Today) : null;
        if (body is null || issues.Count > 0) return FhirAnswer.Refused(issues);

        var person = await PersonAsync(request, body, cancellationToken);
        var documentNumber = person?.DocumentNumber ?? body.DocumentNumber;
        if (await desk.RefuseAsync(principal, documentNumber, person, "consent-give", "Consent", cancellationToken) is { } stranger) return FhirAnswer.Refused(stranger);
        if (person is null) return FhirAnswer.Refused(new Rejection(RejectionCode.PersonUnknown, "Enrol the citizen first"), "Consent.patient");

        var given = await desk.GiveAsync(principal, person, body, cancellationToken);
        if (!given.Accepted) return FhirAnswer.Refused(given.Rejection);
        var served = ConsentResource.Compose(given.Value.Consent, clock.GetUtcNow());
        return new FhirAnswer(given.Value.Created ? 201 : 200)
        {
            Body = served.Write, VersionId = served.VersionId, LastModified = served.LastUpdated,
            Location = $"{request.BaseUrl}/Consent/{served.Id}/_history/{served.VersionId}",
        };
    }

    public async Task<FhirAnswer> UpdateAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        var principal = request.Principal;
        var target = FhirRequest.IsId(request.Id!) ? $"Consent/{request.Id}" : "Consent";
        var named = FhirRequest.IsId(request.Id!) ? await consents.GetAsync(request.Id!, cancellationToken) : null;
        var person = named is null ? null : await persons.GetAsync(named.PersonId, cancellationToken);
        if (await desk.RefuseAsync(principal, person?.DocumentNumber, person, "consent-revoke", target, cancellationToken) is { } refusal)
        {
            return FhirAnswer.Refused(refusal.Code == RejectionCode.NotOwnRecord ? NotFound() : refusal);
        }

        var read = await RequestBody.ReadJsonAsync(request.Http, cancellationToken);
        if (!read.Accepted) return FhirAnswer.Refused(read.Rejection);
        using var document = read.Value;
        var issues = new List<Issue>();
        if (ResourceIn(document, "Consent", issues) is { } body)
        {
            if (body.Text("id", required: true) is { } id && id != request.Id) body.FaultAt("id", "Not the id in the address");
            if (body.Text("status", required: true) is { } status && status != "inactive") body.FaultAt("status", "A consent can only be made inactive; give a new one in place of changing it");
        }

        if (issues.Count > 0) return FhirAnswer.Refused(issues);
        if (named is null) return FhirAnswer.Refused(NotFound());
        if (!Matches(request.Http, ConsentResource.Compose(named, clock.GetUtcNow()))) return FhirAnswer.Refused(new Rejection(RejectionCode.VersionConflict, "If-Match names another version"));

        var revoked = await desk.RevokeAsync(principal, named, cancellationToken);
        if (!revoked.Accepted) return FhirAnswer.Refused(revoked.Rejection);
        var served = ConsentResource.Compose(revoked.Value, clock.GetUtcNow());
        return new FhirAnswer(200) { Body = served.Write, VersionId = served.VersionId, LastModified = served.LastUpdated };
    }

    /// <summary>The body as an object of this type; notes the fault where it is none.</summary>
    public static BodyElement? ResourceIn(JsonDocument document, string type, List<Issue> issues)
    {
        if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("resourceType", out var stated)
            && stated.ValueKind == JsonValueKind.String && stated.ValueEquals(type))
        {
            return new(document.RootElement, type, issues);
        }

        issues.Add(new(new(RejectionCode.BodyInvalid, $"A {type} is expected"), "resourceType"));
        return null;
    }

    private async Task<Person?> PersonAsync(FhirRequest request, ConsentBody body, CancellationToken cancellationToken)
    {
        if (body.DocumentNumber is not null) return await persons.FindByDocumentAsync(body.DocumentNumber, cancellationToken);
        var reference = body.PatientReference!;
        if (reference.StartsWith(request.BaseUrl + "/", StringComparison.Ordinal)) reference = reference[(request.BaseUrl.Length + 1)..];
        var id = reference.StartsWith("Patient/", StringComparison.Ordinal) ? reference["Patient/".Length..] : "";
        return FhirRequest.IsId(id) ? await persons.GetAsync(id, cancellationToken) : null;
    }

    private static bool Matches(HttpRequest http, ServedResource current)
    {
        var wanted = http.GetTypedHeaders().IfMatch;
        var tag = new EntityTagHeaderValue($"\"{current.VersionId}\"", isWeak: true);
        return wanted.Count == 0 || wanted.Any(version => version.Equals(EntityTagHeaderValue.Any) || version.Compare(tag, useStrongComparison: false));
    }

    private static Rejection NotFound() => new(RejectionCode.ResourceNotFound, "There is none, or none that you may change");
}
