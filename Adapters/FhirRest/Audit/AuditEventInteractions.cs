using System.Globalization;
using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Adapters.FhirRest.Search;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Audit;

/// <summary>
/// The audit trail as AuditEvent. An auditor searches all of it; a citizen sees who looked at the own record, when and why. That somebody
/// looked at the trail is an entry of the trail too.
/// </summary>
internal sealed class AuditEventInteractions(IAuditReader trail, RecordGate gate, SearchSubject subjects, SearchPaging paging, TimeProvider clock)
{
    public async Task<FhirAnswer> SearchAsync(FhirRequest request, SearchRequest search, CancellationToken cancellationToken)
    {
        if (search.Dates.Any(bound => bound.Comparison == DateComparison.NotEqual)) return Invalid("ne is not supported here", "http.date");
        var (after, forged) = paging.Open(request, search, "AuditEvent");
        if (forged is not null) return forged;
        var personId = SearchSubject.Names(request, search) ? await subjects.PersonAsync(request, search, cancellationToken) : null;
        var own = request.Principal.Role == Role.Citizen ? await subjects.OwnAsync(request.Principal, cancellationToken) : null;
        var refusal = await DecideAsync(request, search.AuditTarget(request.Type!), personId, own, AuditAction.Search, cancellationToken);
        if (refusal is not null) return FhirAnswer.Refused(refusal);

        var nobody = search.Impossible || (search.PatientId is not null && personId is null);
        var found = nobody ? [] : await FindAsync(search, personId, after, cancellationToken);
        var page = found.Take(search.Count).ToList();
        return paging.Page(
            request, search, "AuditEvent", search.CountOnly ? [] : [.. page.Select(record => AuditEventResource.Compose(record, request.BaseUrl))], null,
            found.Count > search.Count ? page[^1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>Read, and vread: an entry has one version.</summary>
    public async Task<FhirAnswer> ReadAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        var found = await FindAsync(request, AuditAction.Read, cancellationToken);
        if (!found.Accepted) return FhirAnswer.Refused(found.Rejection);
        if (request.VersionId is not (null or "1")) return FhirAnswer.Refused(NotFound());
        return new FhirAnswer(200) { Body = found.Value.Write, VersionId = found.Value.VersionId, LastModified = found.Value.LastUpdated };
    }

    public async Task<FhirAnswer> HistoryAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        var (cut, issue) = HistoryPage.Read(request.Http);
        if (cut is null) return FhirAnswer.Refused([issue!]);
        var found = await FindAsync(request, AuditAction.History, cancellationToken);
        if (!found.Accepted) return FhirAnswer.Refused(found.Rejection);
        var (self, page) = ($"{request.BaseUrl}/AuditEvent/{request.Id}/_history", cut([found.Value]));
        return new FhirAnswer(200) { Body = json => HistoryBundle.Write(json, request.BaseUrl, self, page) };
    }

    private static Rejection NotFound() => new(RejectionCode.ResourceNotFound, "There is none, or none that you may see");

    private async Task<Result<ServedResource>> FindAsync(FhirRequest request, string action, CancellationToken cancellationToken)
    {
        var record = long.TryParse(request.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await trail.GetAsync(number, cancellationToken) : null;
        var own = request.Principal.Role == Role.Citizen ? await subjects.OwnAsync(request.Principal, cancellationToken) : null;
        // What was looked at before a merge is the survivor's to see.
        var about = own is null ? record?.Entry.PersonId : await subjects.SurvivorAsync(record?.Entry.PersonId, cancellationToken);
        var refusal = await DecideAsync(request, FhirRequest.IsId(request.Id!) ? $"AuditEvent/{request.Id}" : "AuditEvent", about, own, action, cancellationToken);
        if (refusal is not null) return refusal.Code == RejectionCode.NotOwnRecord ? NotFound() : refusal;
        return record is null ? NotFound() : AuditEventResource.Compose(record, request.BaseUrl);
    }

    private async Task<IReadOnlyList<AuditRecord>> FindAsync(SearchRequest search, string? personId, string? after, CancellationToken cancellationToken)
    {
        var conditions = new AuditSearch(personId, search.AgentName, Before: after is null ? null : long.Parse(after, CultureInfo.InvariantCulture), Count: search.Count + 1);
        foreach (var bound in search.Dates) conditions = Within(conditions, bound);
        if (search.Codes.Count > 0)
        {
            // Several subtypes joined by AND: an entry has one action.
            var actions = search.Codes.Select(alternatives => alternatives.Select(TokenParameter.CodeOf)).Aggregate((one, other) => one.Intersect(other, StringComparer.Ordinal));
            conditions = conditions with { Actions = [.. actions] };
            if (conditions.Actions.Count == 0) return [];
        }

        if (search.Statuses is { } outcomes)
        {
            if (!outcomes.Contains("0") && !outcomes.Contains("4")) return [];
            if (outcomes.Contains("0") != outcomes.Contains("4")) conditions = conditions with { Permitted = outcomes.Contains("0") };
        }

        return search.Ids is { } ids ? await NamedAsync(ids, conditions, cancellationToken) : await trail.SearchAsync(conditions, cancellationToken);
    }

    /// <summary>Of the entries with these ids those that meet the conditions, as a search answers.</summary>
    private async Task<IReadOnlyList<AuditRecord>> NamedAsync(IReadOnlyList<string> ids, AuditSearch conditions, CancellationToken cancellationToken)
    {
        var numbers = ids.Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);
        var records = new List<AuditRecord>();
        foreach (var number in numbers.Where(number => !(number >= conditions.Before)).Distinct().OrderDescending())
        {
            if (await trail.GetAsync(number, cancellationToken) is { } record && Meets(record.Entry, conditions) && await IsOfAsync(record.Entry, conditions.PersonId, cancellationToken)) records.Add(record);
            if (records.Count == conditions.Count) break;
        }

        return records;
    }

    private async Task<bool> IsOfAsync(AuditEntry entry, string? personId, CancellationToken cancellationToken) =>
        personId is null || entry.PersonId == personId || await subjects.SurvivorAsync(entry.PersonId, cancellationToken) == personId;

    private static bool Meets(AuditEntry entry, AuditSearch conditions) =>
        (conditions.Actor is null || entry.Actor == conditions.Actor)
        && conditions.Actions?.Contains(entry.Action) is not false
        && (conditions.Permitted is null || entry.Permitted == conditions.Permitted)
        && !(entry.At < conditions.From) && !(entry.At >= conditions.Until);

    private static AuditSearch Within(AuditSearch search, DateBound bound)
    {
        var (from, until) = bound.Comparison switch
        {
            DateComparison.Equal => (bound.From, bound.Until),
            DateComparison.GreaterOrEqual => (bound.From, (DateTimeOffset?)null),
            DateComparison.GreaterThan or DateComparison.StartsAfter => ((DateTimeOffset?)bound.Until, null),
            DateComparison.LessOrEqual => (null, bound.Until),
            _ => ((DateTimeOffset?)null, (DateTimeOffset?)bound.From),
        };
        return search with
        {
            From = from is null || search.From > from ? search.From : from,
            Until = until is null || search.Until < until ? search.Until : until,
        };
    }

    private async Task<Rejection?> DecideAsync(FhirRequest request, string target, string? personId, string? own, string action, CancellationToken cancellationToken)
    {
        var principal = request.Principal;
        var refusal = principal.Role switch
        {
            Role.Auditor => null,
            Role.Citizen => own is not null && own == personId ? null : new Rejection(RejectionCode.NotOwnRecord, "A citizen sees who looked at the own record"),
            _ => new Rejection(RejectionCode.RoleNotPermitted, "Auditors read the audit trail, and citizens what concerns their own record"),
        };
        var reason = refusal is null ? (principal.Role == Role.Auditor ? "audit: the auditor sees the trail" : "own record: who looked, when and why") : $"{(int)refusal.Code} {refusal.Code}";
        var entry = AuditEntry.By(principal, clock.GetUtcNow(), action, personId, target, refusal is null, reason);
        return await gate.RecordAsync(entry, cancellationToken) ?? refusal;
    }

    private static FhirAnswer Invalid(string detail, string expression) => FhirAnswer.Refused(new Rejection(RejectionCode.SearchParameterInvalid, detail), expression);
}
