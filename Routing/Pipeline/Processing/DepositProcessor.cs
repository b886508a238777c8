using System.Diagnostics;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Pipeline.Intake;

namespace EHealthPlus.Routing.Pipeline.Processing;

/// <summary>Identify, admit, translate, reconcile. It writes nothing of the deposit: the saga commits the decision.</summary>
internal sealed class DepositProcessor(
    WorkItems items, Identification identification, IRegistry registry, IConsentStore consents, IAccessPolicy policy, IMessageTranslator translator,
    Reconciliation reconciliation, Acknowledger acknowledger, TimeProvider time) : IDepositProcessor
{
    public async Task<Result<DepositDecision>> DecideAsync(DepositId id, CancellationToken cancellationToken)
    {
        var item = await items.TakeAsync(id, cancellationToken).ConfigureAwait(false);
        if (item.Reading.Rejection is { } syntax) return Refuse(item, null, syntax);
        if (item.Source is not { } source) return Refuse(item, null, new(RejectionCode.SourceUnknown, "The source is no longer registered"));
        if (registry.GetProvider(source.ProviderId) is not { } provider)
        {
            return Refuse(item, null, new(RejectionCode.ProviderMayNotProvide, "The provider of this source is not registered"));
        }

        var step = Stopwatch.GetTimestamp();
        var identified = await identification.IdentifyAsync(source, item.Reading.Envelope!, cancellationToken).ConfigureAwait(false);
        step = Steps.Record(Steps.Identify, step);
        if (!identified.Accepted) return Refused(item, null, identified.Rejection);

        var person = identified.Value;
        var given = await consents.ForPersonAsync(person.Id, cancellationToken).ConfigureAwait(false);
        var access = policy.MayProvide(provider, person, given, time.GetUtcNow());
        step = Steps.Record(Steps.Admit, step);
        if (access.Refusal is { } denied) return Refuse(item, person, denied, access.Rule);

        var translated = translator.Translate(item.Bytes, new(source, id, person.Id, item.ReceivedAt));
        step = Steps.Record(Steps.Translate, step);
        if (!translated.Accepted) return Refused(item, person, translated.Rejection);

        var ledger = translated.Value.Ledger;
        var resources = await reconciliation.ReconcileAsync(translated.Value.Resources, cancellationToken).ConfigureAwait(false);
        Steps.Record(Steps.Reconcile, step);
        return new DepositDecision(
            null, person.Id, resources, new(ledger.Mapped, ledger.Carried, ledger.Dropped), AnswerTo(item, null),
            [Audit(item, person, true, access.Rule)]);
    }

    public async Task<DepositDecision> RefuseAsync(DepositId id, Rejection rejection, CancellationToken cancellationToken) =>
        Refuse(await items.TakeAsync(id, cancellationToken).ConfigureAwait(false), null, rejection);

    /// <summary>A refusal by another room: a passing one (the store is full) decides nothing.</summary>
    private Result<DepositDecision> Refused(WorkItem item, Person? person, Rejection rejection) =>
        RejectionTable.Of(rejection.Code).Transient ? rejection : Refuse(item, person, rejection);

    private DepositDecision Refuse(WorkItem item, Person? person, Rejection rejection, string? rule = null) => new(
        rejection, person?.Id, [], null, AnswerTo(item, rejection),
        [Audit(item, person, false, rule is null ? rejection.ToString() : $"{rejection}. {rule}")]);

    private ReadOnlyMemory<byte>? AnswerTo(WorkItem item, Rejection? rejection) =>
        AnswerPlan.Of(item.Reading.Envelope).ApplicationDue(rejection is null) ? acknowledger.Decided(item.Bytes, item.Id, rejection) : default(ReadOnlyMemory<byte>?);

    private AuditEntry Audit(WorkItem item, Person? person, bool permitted, string reason) => new(
        time.GetUtcNow(), $"source:{item.SourceId}", "source", "deposit", person?.Id, $"deposit:{item.Id}", permitted, reason);
}
