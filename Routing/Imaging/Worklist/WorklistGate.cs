using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Imaging.Record;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.Imaging.Worklist;

/// <summary>
/// Decides on each citizen whose orders a station asks for: they are its own provider's, so what counts is whether the provider may still keep data of
/// the citizen here. Each query is recorded, and each citizen when a station is first told of him, and again after an hour: stations ask every few
/// minutes for the same day.
/// </summary>
internal sealed partial class WorklistGate(
    IPersonStore persons, IConsentStore consents, IAccessPolicy policy, IRegistry registry, IAuditTrail audit, TimeProvider clock, ILogger<WorklistGate> log)
{
    public static readonly TimeSpan RecordedAgain = TimeSpan.FromHours(1);

    private readonly EnteredLately<(string Station, string Person, bool Granted)> told = new(clock, RecordedAgain, most: 100_000);

    /// <param name="target">The query, without any value of a key.</param>
    /// <returns>The citizens whose orders may be told; StoreUnavailable where that could not be recorded.</returns>
    public async Task<Result<IReadOnlySet<string>>> AdmitAsync(AccessPrincipal principal, string target, IReadOnlyList<string> citizens, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var permitted = new HashSet<string>(StringComparer.Ordinal);
        var entries = new List<(AuditEntry Entry, (string, string, bool) Memory)>();
        foreach (var citizen in citizens)
        {
            var (granted, reason) = await DecideAsync(principal, citizen, at, cancellationToken).ConfigureAwait(false);
            if (granted) permitted.Add(citizen);
            var memory = (principal.Name, citizen, granted);
            if (told.Has(memory)) continue;
            entries.Add((AuditEntry.By(principal, at, AuditAction.WorklistQuery, citizen, target, granted, reason), memory));
        }

        var query = AuditEntry.By(
            principal, at, AuditAction.WorklistQuery, null, target, true, $"Orders of its own provider, of {permitted.Count} of {citizens.Count} citizens");
        try
        {
            // Recorded together: entries that wait at the same time share a flush.
            await Task.WhenAll(entries.Select(each => each.Entry).Append(query).Select(entry => audit.RecordAsync(entry, cancellationToken))).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogUnrecorded(fault.GetType().Name);
            return new Rejection(RejectionCode.StoreUnavailable, "The audit trail cannot be written: nothing is returned");
        }

        foreach (var (_, memory) in entries) told.Add(memory);
        return permitted;
    }

    private async Task<(bool Granted, string Reason)> DecideAsync(AccessPrincipal principal, string citizen, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (registry.GetProvider(principal.ProviderId ?? "") is not { } provider || await persons.GetAsync(citizen, cancellationToken).ConfigureAwait(false) is not { } person)
            return (false, "No such citizen");
        var decision = policy.MayProvide(provider, person, await consents.ForPersonAsync(citizen, cancellationToken).ConfigureAwait(false), at);
        return (decision.Granted, decision.Reason);
    }

    [LoggerMessage(3441, LogLevel.Error, "The audit trail took no entry of a worklist query ({Fault}): nothing leaves")]
    private partial void LogUnrecorded(string fault);
}
