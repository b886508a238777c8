using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Registration;

/// <summary>
/// POST /fhir/RelatedPerson registers a substitute decision maker, once a registrar has seen the documents; PUT /fhir/RelatedPerson/ID with
/// active false ends the authority, and changes nothing else.
/// </summary>
internal sealed class SubstituteDecisionMakerInteractions(
    ISubstituteDecisionMakerStore substitutes, IPersonStore persons, ConsentDesk desk, TimeProvider clock)
{
    public async Task<FhirAnswer> CreateAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        var principal = request.Principal;
        if (principal.Role != Role.Registrar)
        {
            var refusal = new Rejection(RejectionCode.RoleNotPermitted, "Registrars register substitute decision makers", null, "代決人由登記人員登記");
            return FhirAnswer.Refused(await desk.RecordRefusalAsync(principal, AuditAction.ProxyRegister, null, "RelatedPerson", refusal, cancellationToken));
        }

        var read = await RequestBody.ReadJsonAsync(request.Http, cancellationToken);
        if (!read.Accepted) return FhirAnswer.Refused(read.Rejection);
        using var document = read.Value;
        var issues = new List<Issue>();
        var body = ConsentInteractions.ResourceIn(document, "RelatedPerson", issues) is { } element ? SubstituteDecisionMakerBody.Read(element) : null;
        if (body is null || issues.Count > 0) return FhirAnswer.Refused(issues);

        var person = await desk.PersonAsync(request, body.PatientReference, body.PatientDocument, cancellationToken);
        if (person is null) return FhirAnswer.Refused(new Rejection(RejectionCode.PersonUnknown, "Enrol the citizen first"), "RelatedPerson.patient");
        var substitute = await persons.FindByDocumentAsync(body.DocumentNumber, cancellationToken);
        if (Refuse(body, person, substitute) is { } invalid)
        {
            return FhirAnswer.Refused(await desk.RecordRefusalAsync(principal, AuditAction.ProxyRegister, person.Id, "RelatedPerson", invalid, cancellationToken));
        }

        var at = clock.GetUtcNow();
        var standing = (await substitutes.ForPersonAsync(person.Id, cancellationToken))
            .FirstOrDefault(known => known.ActsAt(at) && known.DocumentNumber == body.DocumentNumber && known.Ground == body.Ground);
        if (standing is not null)
        {
            var unaudited = await desk.RecordUnchangedAsync(principal, AuditAction.ProxyRegister, person.Id, $"RelatedPerson/{standing.Id}", cancellationToken);
            return unaudited is not null ? FhirAnswer.Refused(unaudited) : Answer(request, 200, standing, at);
        }

        var maker = new SubstituteDecisionMaker(
            Guid.NewGuid().ToString("N"), person.Id, body.DocumentNumber, $"{substitute!.FamilyName} {substitute.GivenName}".Trim(), body.Relationship, body.Ground, at,
            body.Ground == SubstitutionGround.Minor ? HongKongDay.StartOf(ConsentDesk.SixteenthBirthday(person)) : null, null);
        var entry = AuditEntry.By(
            principal, at, AuditAction.ProxyRegister, person.Id, $"RelatedPerson/{maker.Id}", true,
            $"substitute decision maker registered: {SubstituteDecisionMakerResource.KeyOf(maker.Ground)}, {maker.Relationship}");
        await substitutes.AddAsync(maker, entry, cancellationToken);
        return Answer(request, 201, maker, at);
    }

    public async Task<FhirAnswer> UpdateAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        var principal = request.Principal;
        var named = FhirRequest.IsId(request.Id!) ? await substitutes.GetAsync(request.Id!, cancellationToken) : null;
        var target = named is null ? "RelatedPerson" : $"RelatedPerson/{named.Id}";

        // The one who acts may lay it down; the citizen who has come of age needs nothing, and one who regained capacity asks a registrar.
        var acting = principal.Role == Role.Citizen && named is not null && string.Equals(named.DocumentNumber, principal.DocumentNumber, StringComparison.OrdinalIgnoreCase);
        if (principal.Role != Role.Registrar && !acting)
        {
            var refusal = principal.Role == Role.Citizen ? NotFound() : new Rejection(RejectionCode.RoleNotPermitted, "Registrars end the authority of a substitute decision maker", null, "代決人權限由登記人員終止");
            return FhirAnswer.Refused(await desk.RecordRefusalAsync(principal, AuditAction.ProxyEnd, named?.PersonId, target, refusal, cancellationToken));
        }

        var read = await RequestBody.ReadJsonAsync(request.Http, cancellationToken);
        if (!read.Accepted) return FhirAnswer.Refused(read.Rejection);
        using var document = read.Value;
        var issues = new List<Issue>();
        if (ConsentInteractions.ResourceIn(document, "RelatedPerson", issues) is { } body)
        {
            if (body.Text("id", required: true) is { } id && id != request.Id) body.FaultAt("id", "Not the id in the address");
            if (body.Flag("active")) body.FaultAt("active", "An authority can only be ended: active false");
        }

        if (issues.Count > 0) return FhirAnswer.Refused(issues);
        if (named is null) return FhirAnswer.Refused(NotFound());
        var at = clock.GetUtcNow();
        var entry = AuditEntry.By(principal, at, AuditAction.ProxyEnd, named.PersonId, target, true, "authority of the substitute decision maker ended");
        var ended = await substitutes.EndAsync(named.Id, at, entry, cancellationToken) ?? named;
        return Answer(request, 200, ended, at);
    }

    private Rejection? Refuse(SubstituteDecisionMakerBody body, Person person, Person? substitute)
    {
        if (substitute is null) return Invalid("The one who acts needs an eHealth account: enrol them first", "代決人須有醫健通帳戶，請先登記");
        if (substitute.Id == person.Id) return Invalid("Nobody is the own substitute decision maker", "任何人不能成為自己的代決人");
        if (!string.Equals(substitute.FamilyName, body.FamilyName, StringComparison.OrdinalIgnoreCase))
        {
            return Invalid("The family name is not that of the account with this identity number", "姓氏與此身份證號碼的帳戶不符");
        }

        if (desk.IsMinor(substitute)) return Invalid("The one who acts is under 16", "代決人未滿16歲");
        return body.Ground == SubstitutionGround.Minor == desk.IsMinor(person) ? null
            : body.Ground == SubstitutionGround.Minor ? Invalid("The citizen is 16 or over", "此市民已滿16歲")
            : Invalid("The citizen is under 16: the ground is minor", "此市民未滿16歲，理由應為未成年");
    }

    private static Rejection Invalid(string english, string chinese) => new(RejectionCode.SubstituteDecisionMakerInvalid, english, null, chinese);

    private static Rejection NotFound() => new(RejectionCode.ResourceNotFound, "There is none, or none that you may change");

    private static FhirAnswer Answer(FhirRequest request, int status, SubstituteDecisionMaker maker, DateTimeOffset at)
    {
        var served = SubstituteDecisionMakerResource.Versions(maker, at)[0];
        return new FhirAnswer(status)
        {
            Body = served.Write, VersionId = served.VersionId, LastModified = served.LastUpdated,
            Location = $"{request.BaseUrl}/RelatedPerson/{served.Id}/_history/{served.VersionId}",
        };
    }
}
