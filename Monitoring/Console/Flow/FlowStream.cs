using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Routing.Contracts.Access;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace EHealthPlus.Monitoring.Console.Flow;

/// <summary>Server-Sent Events: the fragment of the flow page, every two seconds.</summary>
internal static class FlowStream
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>After this the browser connects anew, and who may watch is decided anew.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static async Task SendAsync(Visit visit)
    {
        var time = visit.Get<TimeProvider>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(visit.Aborted, visit.Get<IHostApplicationLifetime>().ApplicationStopping);
        var response = visit.Http.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // An answer without a body ends here: the connection's next request would wait behind one that goes on for nobody.
        if (HttpMethods.IsHead(visit.Http.Request.Method)) return;
        visit.Http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var until = visit.Now + Longest;
        try
        {
            using var pace = new PeriodicTimer(Pace, time);
            do
            {
                var moment = new Visit(visit.Http);
                var html = moment.NewHtml();
                await FlowView.WriteAsync(moment, html, FlowPage.MinutesOf(moment));
                await response.WriteAsync("data: " + html.ToString().Replace("\n", "\ndata: ", StringComparison.Ordinal) + "\n\n", ending.Token);
                await response.Body.FlushAsync(ending.Token);
            }
            while (time.GetUtcNow() < until && GoesOn(visit) && await pace.WaitForNextTickAsync(ending.Token));
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader has gone, or the hub stops: nothing is left to send.
            return;
        }
    }

    /// <summary>Watching alone keeps no session: the stream ends with it.</summary>
    private static bool GoesOn(Visit visit) => visit.Http.Request.Cookies[ConsoleCookie.Name] is not { } session || visit.Get<IConsoleSessions>().GoesOn(session);
}
