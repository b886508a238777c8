using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
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
        if (await desk.RefuseAsync(principal, principal.DocumentNumber, null, AuditAction.ConsentGive, "Consent", cancellationToken) is { } refusal) return FhirAnswer.Refused(refusal);

        var read = await RequestBody.ReadJsonAsync(request.Http, cancellationToken);
        if (!read.Accepted) return FhirAnswer.Refused(read.Rejection);
        using var document = read.Value;
        var issues = new List<Issue>();
        var body = ResourceIn(document, "Consent", issues) is { } element ? ConsentBody.Read(element, registry, desk.Today) : null;
        if (body is null || issues.Count > 0) return FhirAnswer.Refused(issues);

        if (await desk.PersonAsync(request, body.PatientReference, body.DocumentNumber, cancellationToken) is not { } person)
        {
            var stranger = await desk.RefuseAsync(principal, body.DocumentNumber, null, AuditAction.ConsentGive, "Consent", cancellationToken);
            return FhirAnswer.Refused(stranger ?? new Rejection(RejectionCode.PersonUnknown, "Enrol the citizen first"), stranger is null ? "Consent.patient" : null);
        }

        var authority = await desk.AuthorityAsync(principal, person, body.SubstituteDecisionMakerId, AuditAction.ConsentGive, "Consent", cancellationToken);
        if (!authority.Accepted) return FhirAnswer.Refused(authority.Rejection);
        var given = await desk.GiveAsync(principal, person, body, authority.Value, cancellationToken);
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
        // A citizen may only learn of the own consents, and of those of whom the citizen acts for; the registrar's body says who acts.
        if (person is null || principal.Role is not (Role.Registrar or Role.Citizen))
        {
            if (await desk.RefuseAsync(principal, null, person, AuditAction.ConsentRevoke, target, cancellationToken) is { } refusal) return FhirAnswer.Refused(AsHidden(refusal));
        }

        var authority = new Result<Authority>();
        if (person is not null && principal.Role == Role.Citizen)
        {
            authority = await desk.AuthorityAsync(principal, person, null, AuditAction.ConsentRevoke, target, cancellationToken);
            if (!authority.Accepted) return FhirAnswer.Refused(AsHidden(authority.Rejection));
        }

        var read = await RequestBody.ReadJsonAsync(request.Http, cancellationToken);
        if (!read.Accepted) return FhirAnswer.Refused(read.Rejection);
        using var document = read.Value;
        var issues = new List<Issue>();
        string? substituteId = null;
        if (ResourceIn(document, "Consent", issues) is { } body)
        {
            substituteId = ConsentBody.ReadPerformer(body);
            if (body.Text("id", required: true) is { } id && id != request.Id) body.FaultAt("id", "Not the id in the address");
            if (body.Text("status", required: true) is { } status && status != "inactive") body.FaultAt("status", "A consent can only be made inactive; give a new one in place of changing it");
        }

        if (issues.Count > 0) return FhirAnswer.Refused(issues);
        if (named is null || person is null) return FhirAnswer.Refused(NotFound());
        if (principal.Role == Role.Registrar)
        {
            // What the hub wrote can be sent back: who gave it then need not act now, unless somebody has to.
            authority = await desk.AuthorityAsync(principal, person, desk.IsMinor(person) ? substituteId : null, AuditAction.ConsentRevoke, target, cancellationToken);
            if (!authority.Accepted) return FhirAnswer.Refused(authority.Rejection, "Consent.performer");
        }

        if (!Matches(request.Http, ConsentResource.Compose(named, clock.GetUtcNow()))) return FhirAnswer.Refused(new Rejection(RejectionCode.VersionConflict, "If-Match names another version"));

        var revoked = await desk.RevokeAsync(principal, named, authority.Value, cancellationToken);
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

    private static bool Matches(HttpRequest http, ServedResource current)
    {
        var wanted = http.GetTypedHeaders().IfMatch;
        var tag = new EntityTagHeaderValue($"\"{current.VersionId}\"", isWeak: true);
        return wanted.Count == 0 || wanted.Any(version => version.Equals(EntityTagHeaderValue.Any) || version.Compare(tag, useStrongComparison: false));
    }

    private static Rejection AsHidden(Rejection refusal) => refusal.Code == RejectionCode.NotOwnRecord ? NotFound() : refusal;

    private static Rejection NotFound() => new(RejectionCode.ResourceNotFound, "There is none, or none that you may change");
}
