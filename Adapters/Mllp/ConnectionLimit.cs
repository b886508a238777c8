using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Mllp;

/// <summary>Counts open connections and closes the one too many, before it costs a TLS handshake.</summary>
internal sealed class ConnectionLimit(MllpOptions options, TimeProvider time, ILogger<ConnectionLimit> logger)
{
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromMinutes(1);

    private int open;
    private long warned;

    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (Interlocked.Increment(ref open) > options.MaxConnections)
        {
            Interlocked.Decrement(ref open);
            FlowMeter.MllpConnectionsRefused.Add(1);
            Warn();
            return;
        }

        FlowMeter.MllpConnections.Add(1);
        try
        {
            await next(connection);
        }
        finally
        {
            FlowMeter.MllpConnections.Add(-1);
            Interlocked.Decrement(ref open);
        }
    }

    private void Warn()
    {
        var last = Volatile.Read(ref warned);
        if (last != 0 && time.GetElapsedTime(last) < BetweenWarnings) return;
        if (Interlocked.CompareExchange(ref warned, time.GetTimestamp(), last) == last) MllpLog.TooManyConnections(logger, options.MaxConnections);
    }
}
