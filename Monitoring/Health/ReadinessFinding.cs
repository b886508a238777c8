using EHealthPlus.Routing.Contracts.Flow;

namespace EHealthPlus.Monitoring.Health;

/// <summary>What one readiness check said.</summary>
/// <param name="Vital">False where the hub is ready in spite of it.</param>
/// <param name="Problem">Null when ready.</param>
internal sealed record ReadinessFinding(string Name, bool Ready, bool Vital, string? Problem, double Milliseconds)
{
    /// <summary>A load balancer asks every few seconds and gives up soon: a check that is slower than this is not ready.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public static async Task<ReadinessFinding> AskAsync(IReadinessCheck check, TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        string? problem;
        try
        {
            // WaitAsync beside the token: a check that does not heed its token must not hold the answer.
            problem = await Task.Run(() => check.CheckAsync(limited.Token).AsTask(), limited.Token).WaitAsync(Limit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            problem = $"No answer in {Limit.TotalSeconds:0} s";
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // The type only: a message may name a path or hold data.
            problem = $"The check failed: {fault.GetType().Name}";
        }

        await limited.CancelAsync();
        return new(check.Name, problem is null, check.Vital, problem, Math.Round(time.GetElapsedTime(begun).TotalMilliseconds, 1));
    }
}
