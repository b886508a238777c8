using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.PersonIndex.Candidates;

/// <summary>
/// Makes the blocking keys of a store anew where another rule made them, as after an update of the hub. A store that is full or busy ends neither this nor
/// the hub: it is tried again.
/// </summary>
internal sealed partial class BlockKeeping(IPersonStore persons, TimeProvider time, ILogger<BlockKeeping> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TryAsync(stoppingToken).ConfigureAwait(false)) await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(false);
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await persons.BlockSchemeAsync(cancellationToken).ConfigureAwait(false) == Blocks.Scheme) return true;
            LogBegun(Blocks.Scheme);
            await persons.BlockAgainAsync(Blocks.Scheme, Blocks.Of, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogFault(LoggedFault.Of(fault));
            return false;
        }
    }

    [LoggerMessage(2102, LogLevel.Information, "Blocking keys of the person index are made by rule {Scheme}")]
    private partial void LogBegun(int scheme);

    [LoggerMessage(2103, LogLevel.Warning, "Blocking keys of the person index cannot be made now ({Fault}); tried again")]
    private partial void LogFault(string fault);
}
