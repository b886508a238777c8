using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;

namespace EHealthPlus.Monitoring.Console.Flow;

/// <summary>The live flow. The same fragment is the page's snapshot and, sent again and again, its live view.</summary>
internal static class FlowPage
{
    public static async Task ShowAsync(Visit visit)
    {
        var minutes = MinutesOf(visit);
        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{ShellWords.Flow}</h1><span class="live" id="live" role="status" data-live-word="{FlowWords.Live}" data-paused-word="{FlowWords.Paused}" data-lost-word="{FlowWords.Reconnecting}" data-ended-word="{FlowWords.Ended}"><i></i><span>{FlowWords.Snapshot}</span></span><a class="button primary" id="again" href="/sign-in?return={Uri.EscapeDataString(visit.Here)}" hidden>{ShellWords.SignIn}</a>""");
        body.Add($"""<span id="as-of">{Shown.Time(body, visit.Now, visit.Now)}</span><a class="button quiet" id="refresh" href="{visit.Here}">{FlowWords.Refresh}</a><button type="button" class="quiet" id="pause" hidden data-pause="{FlowWords.Pause}" data-resume="{FlowWords.Resume}">{FlowWords.Pause}</button>""");
        body.Add($"""<span class="choice" role="group" aria-label="{FlowWords.Window}">""");
        foreach (var choice in (ReadOnlySpan<int>)[5, 15])
        {
            body.Add($"""<a href="/?window={choice}"{new Html(choice == minutes ? " aria-current=\"true\"" : "")}>{FlowWords.Minutes.With(choice)}</a>""");
        }

        body.Add($"""</span></div><div id="flow" data-stream="/flow/stream?window={minutes}">""");
        await FlowView.WriteAsync(visit, body, minutes);
        body.Add($"""</div>""");
        await PageFrame.WriteAsync(visit, ShellWords.Flow.In(visit.Language), body, "flow.js");
    }

    public static int MinutesOf(Visit visit) => visit.Http.Request.Query["window"].ToString() is "15" ? 15 : 5;
}
