using System.Security.Cryptography;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Monitoring.Audit.Checkpoints;

/// <summary>Vouches for the newest audit entry at the start, each minute and at the stop.</summary>
internal sealed class Checkpointing(CheckpointFolder folder, IAuditReader audit, TimeProvider clock, ILogger<Checkpointing> logger) : BackgroundService, IReadinessCheck, IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private ECDsa? key;
    private SignedCheckpoint? last;
    private string? cut;
    private string? unwritten;

    public string Name => "audit-checkpoints";

    /// <summary>The trail itself is whole: senders and readers need not wait for the one who mends the folder.</summary>
    public bool Vital => false;

    public ValueTask<string?> CheckAsync(CancellationToken cancellationToken) => new(cut ?? Volatile.Read(ref unwritten));

    /// <exception cref="InvalidDataException">The key or the last checkpoint cannot be read: the hub must not begin beside them.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        key = folder.OpenKey();
        last = folder.Last();
        await CompareAsync(cancellationToken);
        await VouchAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>A host whose start fails further on disposes without a stop: the loop signs once more, and needs its key until then.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        Dispose();
    }

    public override void Dispose()
    {
        base.Dispose();
        key?.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await VouchAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await VouchAsync(CancellationToken.None);
        }
    }

    // A trail that was cut, or put back from an old copy, is vouched for anew from now on: were only the last line compared, the next start would know nothing of it.
    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        if (folder.Reach() is not { } reach) return;
        var head = await audit.HeadAsync(cancellationToken);
        var whole = head.Number > reach.Number || (head.Number == reach.Number && string.Equals(Convert.ToHexStringLower(head.Hash.Span), reach.Hash, StringComparison.Ordinal));
        if ((reach.Cut ?? (whole ? null : new(head.Number, reach.Number))) is not { } found) return;
        CheckpointLog.Behind(logger, found.End, found.Vouched, folder.FilePath);
        cut = $"The audit trail ended at entry {found.End}, but a checkpoint vouches for {(found.End == found.Vouched ? "another " : "")}entry {found.Vouched}: run ehp audit verify. This stays until the hub starts without {folder.FilePath}: move it away, and keep it as evidence";
    }

    private async Task VouchAsync(CancellationToken cancellationToken)
    {
        try
        {
            var head = await audit.HeadAsync(cancellationToken);
            var next = SignedCheckpoint.Sign(head, last, key!);
            folder.Append(next);
            last = next;
            Volatile.Write(ref unwritten, null);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            CheckpointLog.NotWritten(logger, LoggedFault.Of(fault));
            Volatile.Write(ref unwritten, "The last checkpoint could not be written");
        }
    }
}
