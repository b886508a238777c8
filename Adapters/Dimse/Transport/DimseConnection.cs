using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace EHealthPlus.Adapters.Dimse.Transport;

/// <summary>One accepted connection: whoever reads it receives from the socket, whoever flushes it sends, each on its own thread.</summary>
internal sealed class DimseConnection : DefaultConnectionContext, IConnectionSocketFeature
{
    /// <summary>Received at once. In bytes; none are held while the other side is silent.</summary>
    private const int ReadLength = 64 * 1024;

    private readonly NetworkStream stream;

    /// <summary>Never disposed: Kestrel aborts a connection while another thread disposes it, and the base class's own source would then throw where nobody catches, which ends the process.</summary>
    private readonly CancellationTokenSource ended = new();
    private int closed;

    public DimseConnection(Socket socket)
        : base(Guid.NewGuid().ToString("N"))
    {
        Socket = socket;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        stream = new(socket, ownsSocket: true);
        Transport = new Pipes(
            PipeReader.Create(stream, new(bufferSize: ReadLength, minimumReadSize: ReadLength / 4, leaveOpen: true, useZeroByteReads: true)),
            PipeWriter.Create(stream, new(leaveOpen: true)));
        ConnectionClosed = ended.Token;
        Features.Set<IConnectionSocketFeature>(this);
    }

    public Socket Socket { get; }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        Close();
        _ = ended.CancelAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await Transport.Input.CompleteAsync();
        Close();
        await base.DisposeAsync();
    }

    private void Close()
    {
        if (Interlocked.Exchange(ref closed, 1) != 0) return;
        try
        {
            // What was sent last is still delivered.
            Socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The other side was first.
        }

        stream.Dispose();
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
