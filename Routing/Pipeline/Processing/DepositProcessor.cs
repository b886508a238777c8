using System.Diagnostics;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Pipeline.Intake;

namespace EHealthPlus.Routing.Pipeline.Processing;

/// <summary>Identify, admit, translate, reconcile. It writes nothing of the deposit: the saga commits the decision.</summary>
internal sealed class DepositProcessor(
    WorkItems items, IPersonStore persons, Identification identification, Admission admission, IRegistry registry, IMessageTranslator translator, Reconciliation reconciliation,
    Acknowledger acknowledger, UnmappedCodeCounting unmapped, IStudyStore studies, TimeProvider time) : IDepositProcessor
{
    private const string AboutNobody = "About no patient: the source is registered";

    public async Task<Result<DepositDecision>> DecideAsync(DepositId id, DateTimeOffset? admittedAt, CancellationToken cancellationToken)
    {
        var item = await items.TakeAsync(id, cancellationToken).ConfigureAwait(false);
        if (item.Reading.Rejection is { } syntax) return Refuse(item, null, syntax);
        if (item.Source is not { } source) return Refuse(item, null, new(RejectionCode.SourceUnknown, "The source is no longer registered"));
        if (registry.GetProvider(source.ProviderId) is not { } provider)
        {
            return Refuse(item, null, new(RejectionCode.ProviderMayNotProvide, "The provider of this source is not registered"));
        }

        if (await IsSupersededAsync(item, cancellationToken).ConfigureAwait(false))
        {
            return Refuse(item, null, new(RejectionCode.StudySuperseded, "A later manifest of this study has taken its place"));
        }

        return translator.IsAboutPatients(item.Reading.Envelope!.MessageCode, item.Reading.Envelope.TriggerEvent)
            ? await DecideOnPatientsAsync(item, source, provider, admittedAt, cancellationToken).ConfigureAwait(false)
            : await DecideWithoutPatientAsync(item, source, cancellationToken).ConfigureAwait(false);
    }

    public async Task<DepositDecision> RefuseAsync(DepositId id, Rejection rejection, CancellationToken cancellationToken) =>
        Refuse(await items.TakeAsync(id, cancellationToken).ConfigureAwait(false), null, rejection);

    private async Task<Result<DepositDecision>> DecideOnPatientsAsync(
        WorkItem item, Source source, Provider provider, DateTimeOffset? admittedAt, CancellationToken cancellationToken)
    {
        var envelope = item.Reading.Envelope!;
        var generation = persons.Generation;
        var step = Stopwatch.GetTimestamp();
        var identified = await identification.IdentifyAsync(source, envelope, item.Id, item.ReceivedAt, cancellationToken).ConfigureAwait(false);
        step = Steps.Record(Steps.Identify, step);
        if (!identified.Accepted) return Refused(item, null, identified.Rejection);

        var permits = await admission.AdmitAsync(provider, identified.Value, admittedAt, cancellationToken).ConfigureAwait(false);
        Steps.Record(Steps.Admit, step);
        if (permits is [{ Refusal: { } denied } by, ..]) return Refuse(item, by.Person, denied, by.Rule);

        // Those that were committed together go on together: one after the other up to here, then one after the other from here on. Each stretch finds its
        // code still in the processor's cache (decision 47).
        await Task.Yield();
        step = Stopwatch.GetTimestamp();
        var first = identified.Value[0].Person;
        var translated = translator.Translate(item.Bytes, new(source, item.Id, [.. identified.Value.Select(patient => patient.Subject)], item.ReceivedAt));
        Steps.Record(Steps.Translate, step);
        if (!translated.Accepted) return Refused(item, first, translated.Rejection);
        if (permits[0].Refuse(translated.Value.Resources) is { } outside) return Refuse(item, first, outside, permits[0].Rule);
        if (await identification.MergeAsync(source, envelope, identified.Value, item.Id, cancellationToken).ConfigureAwait(false) is { } conflict) return Refused(item, first, conflict);

        // Numbers that it took apart itself do not make its own identification wrong.
        if (PatientEvents.UnlinksPatients(envelope)) generation = persons.Generation;

        return await DecisionAsync(
            item, first, generation, translated.Value, [.. permits.Select(permit => Audit(item, permit.Person, true, permit.Rule))], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is about no patient, such as a master file, needs neither identity nor consent: that the source is registered is enough.</summary>
    private async Task<Result<DepositDecision>> DecideWithoutPatientAsync(WorkItem item, Source source, CancellationToken cancellationToken)
    {
        var step = Stopwatch.GetTimestamp();
        var translated = translator.Translate(item.Bytes, new(source, item.Id, [], item.ReceivedAt));
        Steps.Record(Steps.Translate, step);
        if (!translated.Accepted) return Refused(item, null, translated.Rejection);
        // In the record it would belong to nobody, and so be open to everybody.
        return translated.Value.Resources.Any(resource => resource.IsFiled)
            ? Refuse(item, null, new(RejectionCode.IdentityMissing, "This type of message is about no patient, but the message has data of one"))
            : await DecisionAsync(item, null, null, translated.Value, [Audit(item, null, true, AboutNobody)], cancellationToken).ConfigureAwait(false);
    }

    private async Task<DepositDecision> DecisionAsync(
        WorkItem item, Person? first, long? generation, Translation translation, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken)
    {
        var step = Stopwatch.GetTimestamp();
        unmapped.Count(item.SourceId, item.Id, translation.Unmapped);
        var ledger = translation.Ledger;
        var resources = await reconciliation.ReconcileAsync(translation.Resources, cancellationToken).ConfigureAwait(false);
        Steps.Record(Steps.Reconcile, step);
        return new(null, first?.Id, resources, new(ledger.Mapped, ledger.Carried, ledger.Dropped), AnswerTo(item, null), audit)
        {
            Generation = generation,
        };
    }

    /// <summary>A refusal by another room: a passing one (the store is full) decides nothing.</summary>
    private Result<DepositDecision> Refused(WorkItem item, Person? person, Rejection rejection) =>
        RejectionTable.Of(rejection.Code).Transient ? rejection : Refuse(item, person, rejection);

    private DepositDecision Refuse(WorkItem item, Person? person, Rejection rejection, string? rule = null) => new(
        rejection, person?.Id, [], null, AnswerTo(item, rejection),
        [Audit(item, person, false, rule is null ? rejection.ToString() : $"{rejection}. {rule}")])
    {
        Waits = IsStudy(item) && rejection.Code != RejectionCode.StudySuperseded,
    };

    private static bool IsStudy(WorkItem item) => StudyManifest.Is(item.Bytes.Span);

    /// <summary>A study that was reopened by late images: what was announced before must not come back, by a replay or a new identification.</summary>
    private async Task<bool> IsSupersededAsync(WorkItem item, CancellationToken cancellationToken) =>
        IsStudy(item) && StudyManifest.TryReadControlId(item.Reading.Envelope!.ControlId, out var study, out var revision)
        && await studies.IsSupersededAsync(item.SourceId, study, revision, cancellationToken).ConfigureAwait(false);

    private ReadOnlyMemory<byte>? AnswerTo(WorkItem item, Rejection? rejection) =>
        AnswerPlan.Of(item.Reading.Envelope).ApplicationDue(rejection is null) ? acknowledger.Decided(item.Bytes, item.Id, rejection) : default(ReadOnlyMemory<byte>?);

    private AuditEntry Audit(WorkItem item, Person? person, bool permitted, string reason) => new(
        time.GetUtcNow(), $"source:{item.SourceId}", "source", AuditAction.Deposit, person?.Id, $"deposit:{item.Id}", permitted, reason,
        Origin: new(null, item.SourceId, item.Source?.CertificateThumbprint), ProviderId: item.Source?.ProviderId);
}
