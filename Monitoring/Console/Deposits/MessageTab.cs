using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Messages;
using EHealthPlus.Monitoring.Console.Words;

namespace EHealthPlus.Monitoring.Console.Deposits;

/// <summary>The message as received, every character visible, each field told by position and name.</summary>
internal static class MessageTab
{
    /// <summary>A browser stays quick up to here; the rest can be downloaded.</summary>
    internal const int MostBytes = 200_000;

    public static void Write(HtmlBuilder html, Visit visit, DepositView view)
    {
        var names = new FieldNames(view.Inspect());
        if (view.Detail.RepairedBytes is { } repaired)
        {
            html.Add($"""<h2 class="section">{MessageWords.AsRepaired}</h2>""");
            Raw(html, repaired, view.CharacterSet, names, "raw-repaired");
            html.Add($"""<h2 class="section">{MessageWords.AsReceived}</h2>""");
        }

        Raw(html, view.Detail.Bytes, view.CharacterSet, names, "raw-received");
        html.Add($"""<p class="hint marks"><b>{MessageWords.Marks}</b> <i class="c">CR</i> {MessageWords.MarkControl} <i class="esc">\T\</i> {MessageWords.MarkEscape} <i class="bad">A4</i> {MessageWords.MarkBad.With(view.CharacterSet)}</p>""");
    }

    /// <param name="scrolls">In a box of its own, which keys have to reach.</param>
    internal static void Raw(HtmlBuilder html, ReadOnlyMemory<byte> bytes, string characterSet, FieldNames? names, string id, bool scrolls = false)
    {
        if (bytes.IsEmpty)
        {
            html.Add($"""<p class="empty panel">{MessageWords.Empty}</p>""");
            return;
        }

        var reached = scrolls ? html.Of(inner => inner.Add($""" tabindex="0" aria-label="{MessageWords.Message}" """)) : new Html("");
        html.Add($"""<section class="panel message" id="{id}"{reached}><p class="status" data-status data-hint="{MessageWords.HoverHint}">{MessageWords.HoverHint}</p>""");
        new RawMessage(html, names).Write(MessageText.Decode(bytes.Span[..Math.Min(MostBytes, bytes.Length)], characterSet));
        if (bytes.Length > MostBytes) html.Add($"""<p class="notice">{MessageWords.CutOff.With(Shown.Size(MostBytes), Shown.Size(bytes.Length))}</p>""");
        html.Add($"""</section>""");
    }
}
