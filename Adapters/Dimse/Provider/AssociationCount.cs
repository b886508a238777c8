using System.Collections.Concurrent;
using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>Counts associations: those over the limit are refused with a reason, those far over it closed before they cost a TLS handshake.</summary>
internal sealed class AssociationCount(DimseOptions options, TimeProvider time, ILogger<AssociationCount> logger)
{
    /// <summary>Connections over the limit that may still wait for their refusal.</summary>
    private const int Refusable = 64;

    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, int> ofPeer = new(StringComparer.Ordinal);
    private int open;
    private long warned;

    /// <summary>More connections are open than associations may be.</summary>
    public bool Full => Volatile.Read(ref open) > options.MaxAssociations;

    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (Interlocked.Increment(ref open) > options.MaxAssociations + Refusable)
        {
            Interlocked.Decrement(ref open);
            Warn();
            return;
        }

        FlowMeter.DicomAssociations.Add(1);
        try
        {
            await next(connection);
        }
        finally
        {
            FlowMeter.DicomAssociations.Add(-1);
            Interlocked.Decrement(ref open);
        }
    }

    /// <returns>False where the peer has as many as it may have.</returns>
    public bool TryEnter(string aeTitle)
    {
        if (ofPeer.AddOrUpdate(aeTitle, 1, static (_, count) => count + 1) <= options.MaxAssociationsOfPeer) return true;
        Leave(aeTitle);
        return false;
    }

    public void Leave(string aeTitle) => ofPeer.AddOrUpdate(aeTitle, 0, static (_, count) => count - 1);

    private void Warn()
    {
        var last = Volatile.Read(ref warned);
        if (last != 0 && time.GetElapsedTime(last) < BetweenWarnings) return;
        if (Interlocked.CompareExchange(ref warned, time.GetTimestamp(), last) == last) DimseLog.TooMany(logger, options.MaxAssociations);
    }
}
