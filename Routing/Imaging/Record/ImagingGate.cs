using System.Diagnostics;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.Imaging.Record;

/// <summary>Decides on each citizen whose images are asked for, and records the decision before anything leaves.</summary>
internal sealed partial class ImagingGate(IRecordAccess access, IAuditTrail audit, TimeProvider clock, ILogger<ImagingGate> log)
{
    private static readonly Rejection OutsideNeed = new(RejectionCode.CategoryOutOfScope, "This reader may not see images", null, "此使用者不可取覽影像");

    private static readonly Rejection OutsideReports = new(RejectionCode.CategoryOutOfScope, "This reader may not see reports", null, "此使用者不可取覽報告");

    // A viewer fetches a study image by image: that one person looks at one study is one entry for ten minutes, though each image is decided on.
    private readonly EnteredLately<View> views = new(clock, TimeSpan.FromMinutes(10), most: 10_000);

    /// <param name="target">What is asked for, without any value of a key; of a view the study alone.</param>
    public Asking Open(AccessPrincipal principal, ImagingUse use, string target) => new(this, principal, use, target);

    private static string ActionOf(ImagingUse use) => use switch
    {
        ImagingUse.Search => AuditAction.ImageSearch,
        ImagingUse.Retrieve => AuditAction.ImageRetrieve,
        ImagingUse.View => AuditAction.ImageView,
        ImagingUse.Report => AuditAction.Read,
        _ => throw new ArgumentOutOfRangeException(nameof(use), use, "Not a use"),
    };

    private static SharingCategory CategoryOf(ImagingUse use) => use == ImagingUse.Report ? SharingCategory.LaboratoryAndRadiologyReports : SharingCategory.RadiologyImages;

    [LoggerMessage(3402, LogLevel.Error, "The audit trail took no entry of {Action} ({Fault}): no image leaves")]
    private partial void LogUnrecorded(string action, string fault);

    /// <summary>One request: it decides once on each citizen.</summary>
    public sealed class Asking(ImagingGate gate, AccessPrincipal principal, ImagingUse use, string target)
    {
        /// <param name="personId">Null where nothing was found: it is decided on as on somebody who has consented to nothing.</param>
        public async ValueTask<Decided> DecideAsync(string? personId, CancellationToken cancellationToken) =>
            await RecordAsync(await JudgeAsync(personId, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

        /// <summary>Decides, and records nothing yet: nothing may leave before <see cref="RecordAsync(Judged, CancellationToken)"/>.</summary>
        /// <param name="personId">As in <see cref="DecideAsync"/>.</param>
        public async ValueTask<Judged> JudgeAsync(string? personId, CancellationToken cancellationToken)
        {
            var began = Stopwatch.GetTimestamp();
            var at = gate.Clock.GetUtcNow();
            var (person, _, decision) = await gate.Access.DecideAsync(principal, personId, cancellationToken).ConfigureAwait(false);
            if (decision.Granted && !decision.Permitted.Contains(CategoryOf(use))) decision = decision with { Refusal = use == ImagingUse.Report ? OutsideReports : OutsideNeed };
            return new(person?.Id, decision, at, FlowMeter.SecondsSince(began));
        }

        public async ValueTask<Decided> RecordAsync(Judged judged, CancellationToken cancellationToken)
        {
            var began = Stopwatch.GetTimestamp();
            var decision = judged.Decision;
            var unrecorded = await RecordAsync(judged.PersonId, decision, judged.At, cancellationToken).ConfigureAwait(false);
            var granted = decision.Granted && unrecorded is null;
            FlowMeter.Reads.Add(1, new("interaction", ActionOf(use)), new("granted", granted));
            FlowMeter.ReadDecisionSeconds.Record(judged.Seconds + FlowMeter.SecondsSince(began), new KeyValuePair<string, object?>("granted", granted));
            return new(unrecorded, decision.ToldRefusal, decision.Permitted.Contains(SharingCategory.LaboratoryAndRadiologyReports));
        }

        /// <summary>Records that the request as a whole was refused, whoever it would have been about.</summary>
        /// <returns>The refusal, or that it could not be recorded.</returns>
        public async ValueTask<Rejection> RefuseAsync(Rejection refusal, CancellationToken cancellationToken) => await gate.RecordAsync(
            AuditEntry.By(principal, gate.Clock.GetUtcNow(), ActionOf(use), null, target, false, refusal.ToString()), cancellationToken).ConfigureAwait(false) ?? refusal;

        private async ValueTask<Rejection?> RecordAsync(string? personId, AccessDecision decision, DateTimeOffset at, CancellationToken cancellationToken)
        {
            var view = use == ImagingUse.View && personId is not null ? new View(principal, personId, target) : null;
            if (view is not null && decision.Granted && gate.Views.Has(view)) return null;
            var entry = AuditEntry.OfRead(principal, at, ActionOf(use), decision, personId, target, "no such images");
            var unrecorded = await gate.RecordAsync(entry, cancellationToken).ConfigureAwait(false);
            if (view is null) return unrecorded;
            if (decision.Granted && unrecorded is null) gate.Views.Add(view);
            else gate.Views.End(view);
            return unrecorded;
        }
    }

    /// <param name="Reader">With the address: the same account elsewhere is another view.</param>
    private sealed record View(AccessPrincipal Reader, string PersonId, string Study);

    /// <summary>A decision that is not recorded yet.</summary>
    /// <param name="PersonId">Null where nobody is known.</param>
    /// <param name="Seconds">How long judging took.</param>
    public sealed record Judged(string? PersonId, AccessDecision Decision, DateTimeOffset At, double Seconds);

    /// <param name="Unrecorded">The decision could not be recorded: then nothing may leave.</param>
    /// <param name="Refusal">As the reader may know it; null for a permit.</param>
    /// <param name="Reports">Whether documents among the images are for the reader too.</param>
    public sealed record Decided(Rejection? Unrecorded, Rejection? Refusal, bool Reports);

    private IRecordAccess Access => access;

    private TimeProvider Clock => clock;

    private EnteredLately<View> Views => views;

    private async Task<Rejection?> RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await audit.RecordAsync(entry, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogUnrecorded(entry.Action, fault.GetType().Name);
            return new Rejection(RejectionCode.StoreUnavailable, "The audit trail cannot be written: nothing is returned");
        }
    }
}
