using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <summary>
/// Runs the pass that seals content anew, beside all else, from the start of the store to its end. Each step waits in the writer's queue behind
/// what senders wait for; while others write, it rests four times as long as a step took.
/// </summary>
internal sealed class EncryptingAnew(SqliteStore store, KeyRing ring, TimeProvider clock, ILogger logger) : IDisposable
{
    private const int BytesOfStep = 256 << 10;
    private const int RestsPerStep = 4;

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim wanted = new(1);
    private Task running = Task.CompletedTask;
    private long left;

    public void Start() => running = Task.Run(RunAsync, CancellationToken.None);

    public void Begin() => wanted.Release();

    public void Dispose()
    {
        stopping.Cancel();
        // It ends with the step that it waits for, which the writer still makes.
        running.Wait(CancellationToken.None);
        wanted.Dispose();
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await wanted.WaitAsync(stopping.Token);
                await PassAsync();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The store closes: the pass goes on at the next start.
        }
    }

    private async Task PassAsync()
    {
        var begun = false;
        while (await StepAsync())
        {
            if (!begun) StoreLog.ReencryptionBegun(logger);
            begun = true;
        }

        ring.PlainTaken = false;
        if (begun) StoreLog.ReencryptionEnded(logger);
    }

    /// <returns>False at the end.</returns>
    private async Task<bool> StepAsync()
    {
        var (began, commits) = (clock.GetTimestamp(), store.Commits);
        try
        {
            var step = await store.Writer.WriteAsync<long>(session => session.Reencryption.Step(Time.Of(session.Now)), BytesOfStep);
            if (step.Accepted)
            {
                FlowMeter.ResealingLeft.Add(step.Value - left);
                left = step.Value;
                if (left > 0 && store.Commits - commits > 1) await Task.Delay(RestsPerStep * clock.GetElapsedTime(began), clock, stopping.Token);
                stopping.Token.ThrowIfCancellationRequested();
                return left > 0;
            }

            StoreLog.ReencryptionHeldUp(logger, step.Rejection.ToString());
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            StoreLog.ReencryptionHeldUp(logger, fault.GetType().Name);
        }

        await Task.Delay(AfterFault, clock, stopping.Token);
        return true;
    }
}
