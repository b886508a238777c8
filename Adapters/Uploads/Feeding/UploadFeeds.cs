using EHealthPlus.Adapters.Uploads.Folders;
using EHealthPlus.Routing.Contracts.Registry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Uploads.Feeding;

/// <summary>Runs one feed for each registered source, side by side, from the start of the hub to its end.</summary>
internal sealed class UploadFeeds(
    IRegistry registry, MessageOffer offer, SliceTurns turns, UploadRegister register, FeedFaults faults, UploadOptions options, TimeProvider time,
    ILogger<UploadFeeds> logger) : BackgroundService
{
    private readonly Dictionary<string, Task> feeds = new(StringComparer.Ordinal);

    /// <summary>Before the hub listens: makes the folders, throws away what was cut off, and knows again what was uploaded before.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var source in registry.Sources.Where(source => SourceFolder.CanBe(source.Id)))
        {
            var folder = new SourceFolder(options.Root, source.Id);
            try
            {
                folder.Make();
                foreach (var id in folder.Tidy(time.GetUtcNow())) UploadLog.RecordUnreadable(logger, id, source.Id);
                register.Load(folder);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Its feed makes the folders again, and tells what is wrong as long as it is.
                faults.Raise(source.Id, "folder", FileFault.Of(fault), options.PollEvery);
            }
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                foreach (var source in registry.Sources)
                {
                    if (!feeds.ContainsKey(source.Id)) feeds[source.Id] = SourceFolder.CanBe(source.Id) ? RunAsync(source.Id, stoppingToken) : NoFolder(source.Id);
                }

                await Task.Delay(options.PollEvery, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(feeds.Values);
        }
    }

    private async Task RunAsync(string sourceId, CancellationToken stopping)
    {
        try
        {
            await new SourceFeed(new(options.Root, sourceId), offer, turns, register, faults, options, time, logger).RunAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The hub stops: the file in work goes on at the next start.
        }
    }

    private Task NoFolder(string sourceId)
    {
        UploadLog.NoFolder(logger, sourceId);
        return Task.CompletedTask;
    }
}
