using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Messages;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Deposits;

/// <summary>Corrects the text of a refused or quarantined message: edit, check, keep, replay.</summary>
internal static class RepairPage
{
    private const int MostChanges = 20;

    public static async Task ShowAsync(Visit visit)
    {
        if (await DepositView.LoadAsync(visit) is not { } view)
        {
            await PageFrame.NotFoundAsync(visit);
            return;
        }

        await visit.RecordAsync(AuditAction.ViewMessage, view.Detail.PersonId, view.Target, permitted: true, "console repair");
        await EditAsync(visit, view, MessageText.ToForm(MessageText.Decode(view.Bytes.Span, view.CharacterSet)), null);
    }

    public static async Task ActAsync(Visit visit)
    {
        if (await DepositView.LoadAsync(visit) is not { } view)
        {
            await PageFrame.NotFoundAsync(visit);
            return;
        }

        var form = await visit.Http.Request.ReadFormAsync(visit.Aborted);
        var text = form["message"].ToString();
        var checkedBytes = Check(visit, view, text);
        var action = form["action"].ToString();
        if (action is not ("keep" or "replay") || !checkedBytes.Accepted)
        {
            await visit.RecordAsync(AuditAction.ViewMessage, view.Detail.PersonId, view.Target, permitted: true, "console repair");
            await EditAsync(visit, view, text, checkedBytes);
            return;
        }

        var kept = await KeepAsync(visit, view, checkedBytes.Value);
        if (kept.Accepted && action is "replay") kept = await DepositActions.ReplayAsync(visit, view);
        if (kept.Accepted) await visit.SeeOther($"/deposits/{view.Id.Value}/{(action is "replay" ? "timeline?done=replay" : "message?done=repair")}");
        else await DepositActions.RefusedAsync(visit, kept.Rejection);
    }

    /// <summary>The quarantine writes the audit entry, in one commit with the change.</summary>
    public static Task<Result<Routing.Contracts.DepositId>> KeepAsync(Visit visit, DepositView view, ReadOnlyMemory<byte> bytes) =>
        visit.Get<IQuarantine>().RepairAsync(view.Id, bytes, visit.Principal!.Name, visit.Aborted);

    /// <summary>Reads and translates without keeping anything. Identity and consent are not asked: they are decided at the replay.</summary>
    /// <returns>The bytes to keep.</returns>
    public static Result<ReadOnlyMemory<byte>> Check(Visit visit, DepositView view, ReadOnlyMemory<byte> bytes)
    {
        var registry = visit.Get<IRegistry>();
        var reading = visit.Get<IMessageReader>().Read(bytes, registry.FindSource);
        if (reading.Rejection is { } unreadable) return unreadable;
        var source = reading.Source ?? view.Source;
        if (source is null) return new Rejection(RejectionCode.SourceUnknown, RejectionTable.Of(RejectionCode.SourceUnknown).English);
        var translated = visit.Get<IMessageTranslator>().Translate(bytes, new(source, view.Id, view.Subjects, view.Summary.ReceivedAt));
        return translated.Accepted ? bytes : translated.Rejection;
    }

    private static Result<ReadOnlyMemory<byte>> Check(Visit visit, DepositView view, string text) =>
        MessageText.FromForm(text, view.CharacterSet) is { } bytes
            ? Check(visit, view, bytes.AsMemory())
            : new Rejection(RejectionCode.CharacterSetContradicted, DepositWords.CannotEncode.With(view.CharacterSet).In(visit.Language));

    private static async Task EditAsync(Visit visit, DepositView view, string text, Result<ReadOnlyMemory<byte>>? check)
    {
        var body = visit.NewHtml();
        DepositHeader.Write(body, visit, view);
        body.Add($"""<h2 class="section">{DepositWords.RepairTitle.With(view.Id.Value)}</h2>""");
        if (!view.Mendable)
        {
            body.Add($"""<section class="say"><p>{DepositWords.NotNow}</p></section>""");
            await PageFrame.WriteAsync(visit, DepositWords.Repair.In(visit.Language), body);
            return;
        }

        // What was checked and not kept is not in the page as it was loaded first: its script cannot tell that it was typed.
        var kept = string.Equals(text.Replace("\r\n", "\n", StringComparison.Ordinal), MessageText.ToForm(MessageText.Decode(view.Bytes.Span, view.CharacterSet)), StringComparison.Ordinal);
        body.Add($"""<form class="repair" data-typed="{(kept ? "" : "before")}" method="post" action="/deposits/{view.Id.Value}/repair">{PageFrame.AntiforgeryField(visit, body)}<p class="hint" id="repair-lead">{DepositWords.RepairLead}</p><textarea name="message" aria-describedby="repair-lead" aria-label="{MessageWords.Message}" spellcheck="false" wrap="off" rows="14" autofocus>{"\n"}{text}</textarea>""");
        if (check is { } outcome) Outcome(body, visit, view, text, outcome);
        body.Add($"""<p class="buttons"><button name="action" value="check">{DepositWords.Preview}</button>""");
        if (check is { Accepted: true }) body.Add($"""<button name="action" value="keep">{DepositWords.SaveRepair}</button><button class="primary" name="action" value="replay">{DepositWords.SaveAndReplay}</button>""");
        body.Add($"""<a class="button quiet" href="/deposits/{view.Id.Value}">{DepositWords.Cancel}</a></p></form>""");
        await PageFrame.WriteAsync(visit, DepositWords.RepairTitle.With(view.Id.Value).In(visit.Language), body);
    }

    private static void Outcome(HtmlBuilder html, Visit visit, DepositView view, string text, Result<ReadOnlyMemory<byte>> outcome)
    {
        if (!outcome.Accepted)
        {
            var meaning = RejectionTable.Of(outcome.Rejection.Code);
            html.Add($"""<p class="refusal" role="alert">{DepositWords.WouldFail}: <b>{(int)outcome.Rejection.Code}</b> <strong>{(html.Language == Language.Chinese ? meaning.Chinese : meaning.English)}</strong> <span>{outcome.Rejection.Location?.ToString()} {outcome.Rejection.Detail}</span></p>""");
        }
        else if (view.Translate(outcome.Value) is { Accepted: true } translated)
        {
            var ledger = translated.Value.Ledger;
            html.Add($"""<p class="passes" role="status">{DepositWords.WouldPass.With(ledger.Mapped, ledger.Carried, ledger.Dropped)}</p>""");
        }

        Changes(html, MessageText.ToForm(MessageText.Decode(view.Detail.Bytes.Span, view.CharacterSet)).Split('\n'), text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n'));
    }

    /// <summary>Segments that differ, in the middle of what is equal before and after.</summary>
    private static void Changes(HtmlBuilder html, string[] before, string[] after)
    {
        var head = 0;
        while (head < before.Length && head < after.Length && string.Equals(before[head], after[head], StringComparison.Ordinal)) head++;
        var tail = 0;
        while (tail < before.Length - head && tail < after.Length - head && string.Equals(before[^(tail + 1)], after[^(tail + 1)], StringComparison.Ordinal)) tail++;
        html.Add($"""<h3 class="section">{DepositWords.Changes}</h3>""");
        if (head == before.Length && head == after.Length)
        {
            html.Add($"""<p class="hint">{DepositWords.NoChanges}</p>""");
            return;
        }

        html.Add($"""<pre class="panel changes">""");
        foreach (var line in before[head..^tail].Take(MostChanges)) html.Add($"""<del>{line}</del>""");
        foreach (var line in after[head..^tail].Take(MostChanges)) html.Add($"""<ins>{line}</ins>""");
        html.Add($"""</pre>""");
    }
}
