using System.Globalization;
using System.Net;
using System.Text;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Files;
using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Monitoring.Audit.Syslog;

/// <summary>
/// Sends the trail to the collector, in its order, some hundred entries at a time. What waits to be sent waits in the trail itself: nothing
/// is held in memory, nothing is lost while the collector is away, and no read waits for it. After a crash the last part is sent again.
/// </summary>
internal sealed class SyslogForwarding(SyslogCollector collector, IAuditReader trail, TimeProvider clock, ILogger<SyslogForwarding> logger) : BackgroundService, IReadinessCheck
{
    public const int AtOnce = 500;
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly string host = Dns.GetHostName();
    private SyslogConnection? connection;
    private long? position;
    private string? problem;

    public string Name => "syslog";

    public bool Vital => false;

    /// <summary>Null while the collector is reached.</summary>
    internal string? Problem => Volatile.Read(ref problem);

    public ValueTask<string?> CheckAsync(CancellationToken cancellationToken) => new(Problem);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do await ForwardAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was not sent is sent after the next start.
        }
        finally
        {
            connection?.Dispose();
        }
    }

    private async Task ForwardAsync(CancellationToken cancellationToken)
    {
        try
        {
            position ??= await PositionAsync(cancellationToken);
            for (var full = true; full;)
            {
                var records = await trail.AfterAsync(position.Value, [], AtOnce, cancellationToken);
                if (records.Count == 0) break;
                connection ??= await SyslogConnection.OpenAsync(collector, cancellationToken);
                await connection.SendAsync(records.Select(record => SyslogMessage.Of(record, host, Environment.ProcessId)), cancellationToken);
                position = records[^1].Number;
                Keep(position.Value);
                full = records.Count == AtOnce;
            }

            if (problem is not null) SyslogLog.Reached(logger, collector.Address);
            Volatile.Write(ref problem, null);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            connection?.Dispose();
            connection = null;
            if (problem is null) SyslogLog.NotReached(logger, collector.Address, LoggedFault.Of(fault));
            Volatile.Write(ref problem, "The syslog collector is not reached; the audit trail waits to be sent");
        }
    }

    /// <summary>At the first start the collector gets what comes from then on.</summary>
    private async Task<long> PositionAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(collector.PositionFile) && long.TryParse(await File.ReadAllTextAsync(collector.PositionFile, cancellationToken), NumberStyles.None, CultureInfo.InvariantCulture, out var kept)) return kept;
        var head = (await trail.HeadAsync(cancellationToken)).Number;
        Keep(head);
        return head;
    }

    private void Keep(long number) => LastingFile.Write(collector.PositionFile, Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
}
