using EHealthPlus.Routing.Contracts.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.PersonIndex.Candidates;

/// <summary>Makes the blocking keys of a store anew where another rule made them, as after an update of the hub.</summary>
internal sealed partial class BlockKeeping(IPersonStore persons, ILogger<BlockKeeping> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await persons.BlockSchemeAsync(stoppingToken).ConfigureAwait(false) == Blocks.Scheme) return;
        LogBegun(Blocks.Scheme);
        await persons.BlockAgainAsync(Blocks.Scheme, Blocks.Of, stoppingToken).ConfigureAwait(false);
    }

    [LoggerMessage(2102, LogLevel.Information, "Blocking keys of the person index are made by rule {Scheme}")]
    private partial void LogBegun(int scheme);
}
