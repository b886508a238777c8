using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.Imaging.Studies;

/// <summary>
/// Holds studies in quarantine against the index and the consents, and replays those whose citizen is known and has consented by now. It looks
/// at what stands, not at what happened: an enrolment, a consent, a number that another message linked, or a registrar's decision all count, and
/// none can be missed.
/// </summary>
internal sealed partial class StudyTakeUp(
    IStudyStore studies, IDepositJournal journal, IMessageReader reader, IMessageTranslator translator, IPersonIndex index, IConsentStore consents, IAccessPolicy policy,
    IRegistry registry, IQuarantine quarantine, StudyOptions options, TimeProvider time, ILogger<StudyTakeUp> log) : BackgroundService
{
    private const string Actor = "hub";

    /// <summary>Studies looked at in one turn; the next turn goes on behind them.</summary>
    private const int Turn = 100;

    private readonly FailedStudies failed = new(options.TakeUp, time);
    private DepositId last;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.TakeUp, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) await LookAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start looks at all of them again.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var waiting = await studies.WaitingAsync(last, Turn, cancellationToken).ConfigureAwait(false);
            // Also where the turn ends early: each study comes round again.
            last = waiting.Count < Turn ? default : waiting[^1].Deposit;
            foreach (var study in waiting)
            {
                if (!failed.Rests(study.SourceId, study.StudyInstanceUid)) await TakeUpAsync(study, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogFault(LoggedFault.Of(fault));
        }
    }

    private async Task TakeUpAsync(WaitingStudy study, CancellationToken cancellationToken)
    {
        try
        {
            if (await MayGoOnAsync(study, cancellationToken).ConfigureAwait(false))
            {
                var replayed = await quarantine.ReplayAsync(study.Deposit, Actor, cancellationToken).ConfigureAwait(false);
                if (replayed.Accepted) LogTakenUp(study.Deposit.Value, study.SourceId);
            }

            failed.Remove(study.SourceId, study.StudyInstanceUid);
        }
        catch (Exception fault) when (FailedStudies.IsOwn(fault))
        {
            // Content that does not open, or cannot be read. The imaging desk lists it among the studies that wait.
            failed.Add(study.SourceId, study.StudyInstanceUid);
            LogStudyFault(study.Deposit.Value, study.SourceId, LoggedFault.NameOf(fault));
        }
    }

    /// <summary>
    /// Asks as the pipeline will ask: joining consent, the provider's right to provide, and all categories that the study has, of its documents as of its
    /// images. What the pipeline would refuse again stays as it is: each replay stands in the timeline and in the trail. Opens no review;
    /// where the index fields agree, the numbers that the study states are linked, as a message of this citizen would link them, and that link is in the trail.
    /// </summary>
    private async Task<bool> MayGoOnAsync(WaitingStudy waiting, CancellationToken cancellationToken)
    {
        if (registry.GetSource(waiting.SourceId) is not { } source || registry.GetProvider(source.ProviderId) is not { } provider) return false;
        if (await journal.ReadAsync(waiting.Deposit, cancellationToken).ConfigureAwait(false) is not { } deposit) return false;
        if (reader.Read(deposit.Bytes, (_, _) => source) is not { Rejection: null, Envelope.Patient: { } stated }) return false;
        var matched = await index.MatchAsync(source.Id, stated, deposit: null, cancellationToken).ConfigureAwait(false);
        if (!matched.Accepted) return false;
        var given = await consents.ForPersonAsync(matched.Value.Id, cancellationToken).ConfigureAwait(false);
        var access = policy.MayProvide(provider, matched.Value, given, time.GetUtcNow());
        if (!access.Granted) return false;
        var study = translator.Translate(deposit.Bytes, new(source, waiting.Deposit, [new(matched.Value.Id)], deposit.ReceivedAt));
        return study.Accepted && study.Value.Resources.All(resource => !resource.IsFiled || access.Permitted.Contains(resource.Category));
    }

    [LoggerMessage(3421, LogLevel.Information, "Deposit {Deposit}, a study of {Source}, is taken up again: its citizen is known and has consented")]
    private partial void LogTakenUp(long deposit, string source);

    [LoggerMessage(3423, LogLevel.Error, "Deposit {Deposit}, a study of {Source} that waits, cannot be looked at ({Fault}); tried again later, the others go on")]
    private partial void LogStudyFault(long deposit, string source, string fault);

    [LoggerMessage(3422, LogLevel.Error, "Waiting studies cannot be looked at now ({Fault}); tried again")]
    private partial void LogFault(string fault);
}
