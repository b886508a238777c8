using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using EHealthPlus.Adapters.Dimse.Transport;
using EHealthPlus.Adapters.Dimse.UpperLayer;
using Microsoft.AspNetCore.Connections;
using Xunit;

namespace EHealthPlus.Tests.Adapters.Dimse;

/// <summary>A connection that goes away under those who use it: what a hub does with open associations when it stops, and a peer in the middle of a message.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task An_abort_beside_the_disposal_tells_who_waits_and_ends_no_process()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        for (var turn = 0; turn < 200; turn++)
        {
            using var peer = new TcpClient();
            await peer.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
            var connection = new DimseConnection(await listener.AcceptSocketAsync(TestContext.Current.CancellationToken));
            var told = new TaskCompletionSource();
            await using var registration = connection.ConnectionClosed.Register(told.SetResult);

            // An exception on the pool's own thread, which no test can catch, fails the run.
            connection.Abort(new ConnectionAbortedException());
            await connection.DisposeAsync();
            await told.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Who_waits_for_the_end_of_a_connection_that_was_put_away_has_it()
    {
        var stream = new MemoryStream();
        var cut = 0;
        var link = new AssociationLink(PipeReader.Create(stream), Stream.Null, null, new(), TimeProvider.System, requestor: true, () => cut++);
        await stream.DisposeAsync();

        await link.DrainAsync();

        Assert.Equal(1, cut);
    }
}
