using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Messages;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Deposits;

/// <summary>The acknowledgement kept for the sender: what it says in words, and its bytes.</summary>
internal static class AcknowledgementTab
{
    public static void Write(HtmlBuilder html, Visit visit, DepositView view)
    {
        if (view.Detail.Acknowledgement is not { IsEmpty: false } bytes)
        {
            html.Add($"""<p class="empty panel">{MessageWords.NoAcknowledgement}</p>""");
            return;
        }

        var text = MessageText.Decode(bytes.Span, view.CharacterSet);
        if (AcknowledgementReading.Read(text) is { } reading) Explain(html, reading);
        html.Add($"""<h2 class="section">{MessageWords.AckRaw}</h2>""");
        MessageTab.Raw(html, bytes, view.CharacterSet, new(visit.Get<Routing.Contracts.Messages.IMessageInspector>().Inspect(bytes, view.CharacterSet)), "raw-acknowledgement");
    }

    private static void Explain(HtmlBuilder html, AcknowledgementReading reading)
    {
        var good = reading.Code is "AA" or "CA";
        html.Add($"""<section class="panel answer {(good ? "good" : "bad")}"><h2>{MessageWords.AckMeans}</h2><p class="verdict"><b>{reading.Code}</b> {AcknowledgementWords.OfCode(reading.Code)}</p><p class="hint">{MessageWords.Answers} <code>{reading.ControlId}</code></p>""");
        if (reading.Errors.Count == 0) html.Add($"""<p class="hint">{MessageWords.NoErrors}</p>""");
        else
        {
            html.Add($"""<table class="rows"><thead><tr><th scope="col">{MessageWords.Where}</th><th scope="col">{MessageWords.HubNumber}</th><th scope="col">{MessageWords.Hl7Code}</th><th scope="col">{MessageWords.Severity}</th><th scope="col">{MessageWords.UserText}</th></tr></thead><tbody>""");
            foreach (var error in reading.Errors)
            {
                html.Add($"""<tr><td><code>{(error.Location.Length > 0 ? error.Location : "–")}</code></td><td>""");
                if (error.Number is { } number)
                {
                    var meaning = RejectionTable.Of(number);
                    html.Add($"""<a href="/rejections#{(int)number}"><code>{(int)number}</code></a> {(html.Language == Language.Chinese ? meaning.Chinese : meaning.English)}""");
                }

                html.Add($"""</td><td><code>{error.Hl7Code}</code> {AcknowledgementWords.OfError(error.Hl7Code)}</td><td>{AcknowledgementWords.OfSeverity(error.Severity)}</td><td>{error.Text}</td></tr>""");
            }

            html.Add($"""</tbody></table>""");
        }

        html.Add($"""</section>""");
    }
}
