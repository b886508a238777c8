namespace EHealthPlus.Endpoints.Cli.Hub;

/// <summary>Waits for a hub that is starting.</summary>
public static class Readiness
{
    /// <returns>False where it was not ready in time.</returns>
    public static async Task<bool> WaitAsync(HubAddress hub, TimeSpan limit, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = hub.Http, Timeout = TimeSpan.FromSeconds(5) };
        var until = TimeProvider.System.GetUtcNow() + limit;
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync("/health/ready", cancellation);
                if (answer.IsSuccessStatusCode) return true;
            }
            catch (HttpRequestException)
            {
                // Not listening yet: asked again below.
            }

            if (TimeProvider.System.GetUtcNow() > until) return false;
            await Task.Delay(200, cancellation);
        }
    }
}
