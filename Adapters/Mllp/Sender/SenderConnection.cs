using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace EHealthPlus.Adapters.Mllp.Sender;

/// <summary>One open connection to a receiver, plain or TLS.</summary>
internal sealed class SenderConnection : IAsyncDisposable
{
    private readonly Stream stream;

    private SenderConnection(Stream stream)
    {
        this.stream = stream;
        Input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <exception cref="IOException">The receiver cannot be reached, or TLS was not agreed on.</exception>
    public static async Task<SenderConnection> OpenAsync(MllpSenderOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? opened = null;
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, either.Token);
            opened = new NetworkStream(socket, ownsSocket: true);
            if (options.Tls is { } tls)
            {
                var secured = new SslStream(opened);
                opened = secured;
                await secured.AuthenticateAsClientAsync(tls.Negotiation(options.Host), either.Token);
            }

            return new SenderConnection(opened);
        }
        catch (Exception fault) when (fault is SocketException or AuthenticationException or IOException or OperationCanceledException)
        {
            socket.Dispose();
            if (opened is not null) await opened.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            var reason = limit.IsCancellationRequested ? "no connection in time" : fault.Message;
            throw new IOException($"{options.Host}:{options.Port}: {reason}", fault);
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
