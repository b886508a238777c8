using System.Collections.Concurrent;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.Imaging.Studies;

/// <summary>
/// Announces studies: writes the manifest of one that is quiet, or that its sender calls whole, and puts it into the journal and the flow. It
/// remembers nothing that a crash could take: what is not announced is found in the store again, and a manifest that was journaled just before a
/// crash is the same one afterwards.
/// </summary>
internal sealed partial class StudyGathering(
    IStudyStore studies, DocumentReading documents, IDepositJournal journal, IDepositFlow flow, StudyOptions options, TimeProvider time, ILogger<StudyGathering> log) : BackgroundService, IStudyGathering
{
    /// <summary>Studies asked of the store at once.</summary>
    private const int Page = 50;

    /// <summary>What is called whole is worth remembering only until its study was looked at.</summary>
    private const int MostWhole = 10_000;

    private readonly ConcurrentDictionary<(string Source, string Study), bool> whole = new();
    private readonly FailedStudies failed = new(options.Look, time);

    public void Whole(string sourceId, string studyInstanceUid)
    {
        if (whole.Count < MostWhole) whole.TryAdd((sourceId, studyInstanceUid), true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Look, time);
        try
        {
            do await LookAsync(stoppingToken).ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was not announced is found in the store at the next start.
        }
    }

    /// <summary>One look at all studies. A fault of the store ends it: the next one comes soon. A study that is at fault itself keeps nobody else waiting.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (source, study) in whole.Keys)
            {
                whole.TryRemove((source, study), out _);
                if (await studies.FindAsync(source, study, cancellationToken).ConfigureAwait(false) is { } gathering && !await TryAnnounceAsync(gathering, cancellationToken).ConfigureAwait(false)) return;
            }

            while (true)
            {
                // Those that rest are among the longest quiet ones: behind them there is still a page of others.
                var most = Page + failed.Count;
                var quiet = await studies.QuietAsync(time.GetUtcNow() - options.QuietPeriod, most, cancellationToken).ConfigureAwait(false);
                var due = quiet.Where(study => !failed.Rests(study.SourceId, study.StudyInstanceUid)).ToList();
                foreach (var study in due)
                {
                    if (!await TryAnnounceAsync(study, cancellationToken).ConfigureAwait(false)) return;
                }

                if (due.Count == 0 || quiet.Count < most) return;
            }
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogFault(LoggedFault.Of(fault));
        }
    }

    /// <returns>False where no study can be announced now.</returns>
    private async Task<bool> TryAnnounceAsync(GatheringStudy study, CancellationToken cancellationToken)
    {
        try
        {
            var goesOn = await AnnounceAsync(study, cancellationToken).ConfigureAwait(false);
            if (goesOn) failed.Remove(study.SourceId, study.StudyInstanceUid);
            return goesOn;
        }
        catch (Exception fault) when (FailedStudies.IsOwn(fault))
        {
            // Content that does not open, or cannot be read. The imaging desk lists it after an hour, from the store.
            var rest = failed.Add(study.SourceId, study.StudyInstanceUid);
            LogStudyFault(study.SourceId, study.StudyInstanceUid, LoggedFault.NameOf(fault), rest ?? options.Look);
            return rest is not null;
        }
    }

    /// <returns>False where the journal takes nothing now.</returns>
    private async Task<bool> AnnounceAsync(GatheringStudy study, CancellationToken cancellationToken)
    {
        var content = await studies.ReadAsync(study, cancellationToken).ConfigureAwait(false);
        var read = await documents.ReadAsync(study, content, cancellationToken).ConfigureAwait(false);
        var entry = new JournalEntry(
            study.SourceId, StudyManifest.ControlIdOf(study.StudyInstanceUid, study.Revision), StudyManifest.MessageType, study.StudyInstanceUid, null,
            ManifestWriting.Write(study, content, read), time.GetUtcNow(), "studies", null, null);
        var appended = await journal.AppendAsync(entry, cancellationToken).ConfigureAwait(false);
        if (!appended.Accepted)
        {
            LogNotJournaled((int)appended.Rejection.Code, study.SourceId);
            if (RejectionTable.Of(appended.Rejection.Code).Transient) return false;
        }

        // A manifest that cannot be compared with its first writing is announced too: it would hold up all others each second.
        await studies.AnnouncedAsync(study, cancellationToken).ConfigureAwait(false);
        if (!appended.Accepted) return true;
        var receipt = appended.Value;
        if (receipt.State is not (DepositState.Received or DepositState.AwaitingRetry)) return true;
        FlowMeter.Received.Add(1, FlowMeter.Source(study.SourceId), new("type", StudyManifest.MessageType));
        LogAnnounced(receipt.DepositId.Value, study.SourceId, content.Series.Count, content.Series.Sum(series => series.Instances.Count));
        await flow.ResumeAsync(new(receipt.DepositId, study.SourceId, entry.PatientKey, receipt.State, null), cancellationToken).ConfigureAwait(false);
        return true;
    }

    [LoggerMessage(3411, LogLevel.Information, "Deposit {Deposit} announces a study of {Source} with {Series} series and {Instances} instances")]
    private partial void LogAnnounced(long deposit, string source, int series, int instances);

    [LoggerMessage(3412, LogLevel.Warning, "The manifest of a study of {Source} could not be journaled: {Code}")]
    private partial void LogNotJournaled(int code, string source);

    [LoggerMessage(3415, LogLevel.Error, "Study {Study} of {Source} cannot be announced ({Fault}); tried again in {Rest}, the others go on")]
    private partial void LogStudyFault(string source, string study, string fault, TimeSpan rest);

    [LoggerMessage(3413, LogLevel.Error, "Studies cannot be announced now ({Fault}); tried again")]
    private partial void LogFault(string fault);
}
