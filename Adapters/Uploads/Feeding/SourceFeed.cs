using EHealthPlus.Adapters.Uploads.Folders;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Uploads;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Uploads.Feeding;

/// <summary>
/// The files of one source, one after the other: first those that are kept already, then what comes into in/. A file that cannot be worked
/// on now is tried again later and holds up no other file.
/// </summary>
internal sealed class SourceFeed(
    SourceFolder folder, MessageOffer offer, SliceTurns turns, UploadRegister register, FeedFaults faults, UploadOptions options, TimeProvider time, ILogger logger)
{
    private readonly Dictionary<string, (int Attempts, long At, TimeSpan Wait)> postponed = new(StringComparer.Ordinal);
    // Files of in/ that cannot be taken, by name, with the id under which each is told of.
    private readonly Dictionary<string, string> untaken = new(StringComparer.Ordinal);
    private readonly Arrivals arrivals = new(folder.In, options.SettleTime, time);
    private int failedLooks;

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var wait = options.PollEvery;
            try
            {
                if (await WorkOnNextAsync(stopping)) continue;
                if (failedLooks > 0) faults.Clear(folder.SourceId, "folder");
                failedLooks = 0;
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stopping.IsCancellationRequested)
            {
                if (fault is not (IOException or UnauthorizedAccessException)) UploadLog.Failed(logger, "folder", folder.SourceId, LoggedFault.Of(fault));
                wait = options.Backoff(failedLooks++);
                faults.Raise(folder.SourceId, "folder", FileFault.Of(fault), wait);
            }

            await Task.Delay(wait, time, stopping);
        }
    }

    /// <returns>False where there is nothing to do now.</returns>
    private async Task<bool> WorkOnNextAsync(CancellationToken stopping)
    {
        folder.Make();
        if (folder.Unfinished().FirstOrDefault(IsDue) is { } id)
        {
            await WorkOnAsync(id, stopping);
            return true;
        }

        if (untaken.Count > 0) ForgetGone();
        if (arrivals.Next(name => untaken.TryGetValue(name, out var held) && !IsDue(held)) is not { } file) return false;
        Take(file);
        return true;
    }

    private void Take(FileInfo file)
    {
        try
        {
            var record = folder.Claim(file, time.GetUtcNow());
            if (untaken.Remove(file.Name, out var held)) Forget(held);
            UploadLog.Taken(logger, record.Id, folder.SourceId, record.Bytes);
            register.Set(record.Status(UploadState.Waiting));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (FileFault.Of(fault) == RejectionCode.StorageFull || !folder.MovesFiles()) throw;
            // This file alone: the others go on. Its name is told where uploads are listed, for the log and the readiness page it says too much.
            var at = time.GetUtcNow();
            if (!untaken.TryGetValue(file.Name, out var id)) untaken[file.Name] = id = SourceFolder.NewId(at);
            Postpone(id, new UploadRecord { Id = id, SourceId = folder.SourceId, Name = file.Name, TakenAt = at, Bytes = 0 }, fault);
        }
    }

    /// <summary>Of what somebody took out of in/, or gave another name, nothing more is told.</summary>
    private void ForgetGone()
    {
        var there = arrivals.Names();
        foreach (var (name, id) in untaken.Where(each => !there.Contains(each.Key)).ToList())
        {
            untaken.Remove(name);
            Forget(id);
        }
    }

    private void Forget(string id)
    {
        postponed.Remove(id);
        faults.Clear(folder.SourceId, id);
        register.Forget(id);
    }

    private async Task WorkOnAsync(string id, CancellationToken stopping)
    {
        UploadRecord? record = null;
        FlowMeter.UploadsOpen.Add(1, FlowMeter.Source(folder.SourceId));
        try
        {
            var working = folder.WorkingOf(id);
            record = folder.Open(id, time.GetUtcNow(), out var unreadable);
            if (unreadable) UploadLog.RecordUnreadable(logger, id, folder.SourceId);
            if (record is null) return;
            register.Set(record.Status());
            if (record.Offset > 0) UploadLog.GoesOn(logger, id, folder.SourceId, record.Offset);
            if (record.FinishedAt is null) await new FileRun(working, record, offer, turns, register, options, time).DecideAsync(stopping);
            PuttingAway.Run(folder, working, record);
            Finished(record);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault)
        {
            Postpone(id, record, fault);
        }
        finally
        {
            FlowMeter.UploadsOpen.Add(-1, FlowMeter.Source(folder.SourceId));
        }
    }

    private void Finished(UploadRecord record)
    {
        postponed.Remove(record.Id);
        faults.Clear(folder.SourceId, record.Id);
        register.Set(record.Status(finished: true));
        FlowMeter.Uploads.Add(1, FlowMeter.Source(folder.SourceId), new("outcome", record.Tally.Fault is null ? "done" : "refused"));
        UploadLog.Finished(logger, record.Id, folder.SourceId, record.Messages, record.Refused);
        if (record.Tally.Fault is { } code) UploadLog.NotInOrder(logger, record.Id, folder.SourceId, (int)code);
    }

    private void Postpone(string id, UploadRecord? record, Exception fault)
    {
        if (fault is not (IOException or UnauthorizedAccessException)) UploadLog.Failed(logger, id, folder.SourceId, LoggedFault.Of(fault));
        var attempts = postponed.GetValueOrDefault(id).Attempts;
        var wait = options.Backoff(attempts);
        postponed[id] = (attempts + 1, time.GetTimestamp(), wait);
        var said = faults.Raise(folder.SourceId, id, FileFault.Of(fault), wait);
        if (record is not null) register.Set(record.Status(UploadState.Waiting, said));
    }

    private bool IsDue(string id) => !postponed.TryGetValue(id, out var later) || time.GetElapsedTime(later.At) >= later.Wait;
}
