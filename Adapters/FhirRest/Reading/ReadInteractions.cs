using EHealthPlus.Adapters.FhirRest.Audit;
using EHealthPlus.Adapters.FhirRest.Conformance;
using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Reading;

/// <summary>
/// Read, vread and history of one resource (FHIR R4 3.1.0.2 to 3.1.0.3, 3.1.0.10). A resource that the asker may not see is answered like
/// one that does not exist; a Patient is answered with the reason, and the same reason is given for a Patient who does not exist.
/// </summary>
internal sealed class ReadInteractions(ResourceFinder finder, RecordGate gate, AuditEventInteractions audit)
{
    public async Task<FhirAnswer> ReadAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        if (request.Type!.Name == "AuditEvent") return await audit.ReadAsync(request, cancellationToken);
        var asked = request.VersionId is null ? VersionsAsked.Current : new VersionsAsked(request.VersionId, false);
        var served = await ServeAsync(request, "read", asked, cancellationToken);
        if (!served.Accepted) return FhirAnswer.Refused(served.Rejection);
        var resource = served.Value[0];
        return new FhirAnswer(200) { Body = resource.Write, VersionId = resource.VersionId, LastModified = resource.LastUpdated, Joined = asked.Id is null && JoinedLinks.May(resource.Type) };
    }

    public async Task<FhirAnswer> HistoryAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        if (request.Type!.Name == "AuditEvent") return await audit.HistoryAsync(request, cancellationToken);
        var (cut, issue) = HistoryPage.Read(request.Http);
        if (cut is null) return FhirAnswer.Refused([issue!]);
        var served = await ServeAsync(request, "history", VersionsAsked.History, cancellationToken);
        if (!served.Accepted) return FhirAnswer.Refused(served.Rejection);
        var (self, page) = ($"{request.BaseUrl}/{request.Type!.Name}/{request.Id}/_history", cut(served.Value));
        return new FhirAnswer(200) { Body = json => HistoryBundle.Write(json, request.BaseUrl, self, page) };
    }

    private async Task<Result<ServedResource[]>> ServeAsync(
        FhirRequest request, string action, VersionsAsked asked, CancellationToken cancellationToken)
    {
        var type = request.Type!;
        var found = await finder.FindAsync(type, request.Id!, asked, cancellationToken);
        var target = FhirRequest.IsId(request.Id!) ? $"{type.Name}/{request.Id}" : type.Name;
        if (asked.Id is not null && FhirRequest.IsId(asked.Id)) target += $"/_history/{asked.Id}";
        var ask = new Ask(request.Principal, found?.Scope ?? ScopeOf(type), action, target, found?.PersonId, found?.Categories);
        var grant = await gate.DecideAsync(ask, cancellationToken);
        if (!grant.Accepted) return type.Name == "Patient" ? grant.Rejection : Hidden(grant.Rejection);
        if (found is null) return NotFound();

        var served = await found.ServeAsync(grant.Value, cancellationToken);
        return served.Count == 0 ? NotFound() : served.ToArray();
    }

    private static DataScope ScopeOf(ResourceType type) => type.Name switch
    {
        "Patient" => DataScope.IndexPatient,
        "Consent" => DataScope.Consents,
        _ => type.PatientData ? DataScope.Record : DataScope.Directory,
    };

    // What the role can never do is said; whether this one resource is there is not.
    private static Rejection Hidden(Rejection refusal) => refusal.Code switch
    {
        RejectionCode.SharingConsentMissing or RejectionCode.SharingConsentEnded or RejectionCode.NotOwnRecord or RejectionCode.CategoryOutOfScope
            or RejectionCode.CareRelationMissing or RejectionCode.SubstituteDecisionMakerEnded => NotFound(),
        _ => refusal,
    };

    private static Rejection NotFound() => new(RejectionCode.ResourceNotFound, "There is none, or none that you may see");
}
