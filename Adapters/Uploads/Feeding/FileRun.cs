using EHealthPlus.Adapters.Uploads.Answers;
using EHealthPlus.Adapters.Uploads.Batches;
using EHealthPlus.Adapters.Uploads.Folders;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Uploads.Feeding;

/// <summary>
/// Takes one file through the flow, slice by slice. After each slice the answers are flushed and the record says how far they reach: a run
/// that is cut off begins again there, and the journal knows the messages that were offered since, so that each is decided once.
/// </summary>
internal sealed class FileRun(
    WorkingFile working, UploadRecord record, MessageOffer offer, SliceTurns turns, UploadRegister register, UploadOptions options, TimeProvider time)
{
    private readonly Peer peer = new($"upload:{record.Id}", null, record.SourceId);

    /// <summary>Completes when every message is answered, and the answers are on disk.</summary>
    public async Task DecideAsync(CancellationToken stopping)
    {
        await using var content = new FileStream(working.Content, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        content.Seek(record.Offset, SeekOrigin.Begin);
        using var answers = new AnswerFile(working.Answers, record.AnswerBytes);
        var reader = new BatchReader(content, record.Offset, options.MaxMessageBytes);
        bool more;
        do
        {
            var steps = new List<Func<Task>>();
            using (await turns.TakeAsync(stopping)) more = await OfferSliceAsync(reader, answers, steps, stopping);
            foreach (var step in steps) await step();
            answers.Flush();
            record.Offset = reader.Position;
            record.AnswerBytes = answers.Length;
            if (!more) record.FinishedAt = time.GetUtcNow();
            record.Write(working.Record);
            register.Set(record.Status());
        }
        while (more);
    }

    /// <param name="steps">What is to be written to the answers, in order, once the messages are decided.</param>
    /// <returns>False at the end of the file.</returns>
    private async Task<bool> OfferSliceAsync(BatchReader reader, AnswerFile answers, List<Func<Task>> steps, CancellationToken stopping)
    {
        long bytes = 0;
        while (steps.Count < options.SliceMessages && bytes < options.SliceBytes)
        {
            if (await reader.ReadAsync(stopping) is not { } item)
            {
                record.Tally.End();
                steps.Add(() => EndAsync(answers));
                return false;
            }

            bytes += item.Length;
            await OfferAsync(item, answers, steps, stopping);
        }

        return true;
    }

    private async Task OfferAsync(BatchItem item, AnswerFile answers, List<Func<Task>> steps, CancellationToken stopping)
    {
        var tally = record.Tally;
        switch (item.Part)
        {
            case BatchPart.FileHeader:
                tally.OpenFile();
                steps.Add(() => Now(() => OpenFile(answers, item.Bytes)));
                break;

            case BatchPart.BatchHeader:
                OpenBatch(answers, steps, item.Bytes, stated: true);
                break;

            case BatchPart.BatchTrailer:
                tally.CloseBatch(item.Bytes.Span);
                steps.Add(() => Now(() => CloseBatch(answers)));
                break;

            case BatchPart.FileTrailer:
                tally.CloseFile(item.Bytes.Span);
                break;

            case BatchPart.Stray:
                tally.Stray();
                await offer.RefuseAsync(
                    item.Bytes, new(RejectionCode.BatchStructureInvalid, "The line stands outside any message of its file"), peer, Held, stopping);
                break;

            case BatchPart.Xml:
                record.Xml = true;
                tally.OpenBatch(stated: false);
                tally.Message();
                var document = await OutcomeAsync(item, stopping);
                steps.Add(async () => WriteXml(answers, await document));
                break;

            default:
                if (!tally.BatchOpen) OpenBatch(answers, steps, default, stated: false);
                tally.Message();
                var outcome = await OutcomeAsync(item, stopping);
                steps.Add(async () => WriteAnswers(answers, await outcome));
                break;
        }
    }

    private async Task<Task<MessageOutcome>> OutcomeAsync(BatchItem item, CancellationToken stopping)
    {
        if (item.TooLong)
        {
            return Task.FromResult(await offer.RefuseAsync(
                item.Bytes, new(RejectionCode.FrameTooLarge, $"The message is longer than the {options.MaxMessageBytes} bytes that are taken"), peer, Held, stopping));
        }

        if (item.AtEnd && record.Tally.TrailerDue)
        {
            return Task.FromResult(await offer.RefuseAsync(
                item.Bytes, new(RejectionCode.BatchIncomplete, "It is the last message of a file that was cut off before its trailer"), peer, Held, stopping));
        }

        return await offer.OfferAsync(item.Bytes, peer, Held, stopping);
    }

    private void OpenBatch(AnswerFile answers, List<Func<Task>> steps, ReadOnlyMemory<byte> header, bool stated)
    {
        record.Tally.OpenBatch(stated);
        steps.Add(() => Now(() =>
        {
            CloseBatch(answers);
            if (record.FileSeparator == 0) OpenFile(answers, default);
            record.AnswerBatches++;
            answers.Open("BHS", header.Span, record.Name, $"{record.Id}-{record.AnswerBatches}", record.TakenAt);
            record.BatchSeparator = HeaderFields.SeparatorOf(header.Span);
            record.AnsweredInBatch = record.RefusedInBatch = 0;
        }));
    }

    private void OpenFile(AnswerFile answers, ReadOnlyMemory<byte> header)
    {
        if (record.FileSeparator != 0) return;
        answers.Open("FHS", header.Span, record.Name, record.Id, record.TakenAt);
        record.FileSeparator = HeaderFields.SeparatorOf(header.Span);
    }

    private void CloseBatch(AnswerFile answers)
    {
        if (record.BatchSeparator == 0) return;
        answers.Close("BTS", record.BatchSeparator, record.AnsweredInBatch, $"{record.AnsweredInBatch} answers, {record.RefusedInBatch} of them refusals");
        record.BatchSeparator = 0;
    }

    private Task EndAsync(AnswerFile answers)
    {
        if (record.Xml) return Task.CompletedTask;
        OpenFile(answers, default);
        CloseBatch(answers);
        var tally = record.Tally;
        var said = $"{record.Messages} messages, {record.Accepted} accepted, {record.Refused} refused";
        if (tally.Fault is { } fault) said += $"; {(int)fault} {fault}: {tally.FaultDetail}";
        answers.Close("FTS", record.FileSeparator, record.AnswerBatches, said);
        return Task.CompletedTask;
    }

    private void WriteAnswers(AnswerFile answers, MessageOutcome outcome)
    {
        foreach (var answer in outcome.Answers) answers.Write(answer.Span);
        record.AnsweredInBatch += outcome.Answers.Count;
        Count(outcome);
    }

    /// <summary>A v2 XML file holds one document, and so does its answer: the last that was given.</summary>
    private void WriteXml(AnswerFile answers, MessageOutcome outcome)
    {
        if (outcome.Answers.Count > 0) answers.Write(outcome.Answers[^1].Span);
        Count(outcome);
    }

    private void Count(MessageOutcome outcome)
    {
        record.Messages++;
        var said = outcome.Last is not { } last ? "unanswered" : last.IsRefusal ? "refused" : "accepted";
        FlowMeter.UploadedMessages.Add(1, FlowMeter.Source(record.SourceId), new("outcome", said));
        if (outcome.Last is not { } answer)
        {
            record.Unanswered++;
        }
        else if (answer.IsRefusal)
        {
            record.Refused++;
            record.RefusedInBatch++;
            record.CountRefusal(answer.Rejection, answer.ControlId);
        }
        else
        {
            record.Accepted++;
        }
    }

    private void Held(string? fault) => register.Set(record.Status(fault: fault));

    private static Task Now(Action write)
    {
        write();
        return Task.CompletedTask;
    }
}
