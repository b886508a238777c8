using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace EHealthPlus.Monitoring.Audit.Syslog;

/// <summary>One connection to the collector. Over TCP and TLS a message has its length before it (octet counting); over UDP it is one datagram.</summary>
internal sealed class SyslogConnection(Socket socket, Stream? stream) : IDisposable
{
    // Well below what fits a datagram on any path; a message is a few hundred bytes.
    private const int LongestDatagram = 1400;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="IOException">Nobody answers, or the certificate is not trusted.</exception>
    public static async Task<SyslogConnection> OpenAsync(SyslogCollector collector, CancellationToken cancellationToken)
    {
        var datagrams = collector.Address.Scheme == "udp";
        var socket = new Socket(datagrams ? SocketType.Dgram : SocketType.Stream, datagrams ? ProtocolType.Udp : ProtocolType.Tcp);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Patience);
        try
        {
            await socket.ConnectAsync(collector.Address.Host, collector.Address.Port, limited.Token);
            if (datagrams) return new(socket, null);
            var plain = new NetworkStream(socket, ownsSocket: false);
            return new(socket, collector.Address.Scheme == "tls" ? await SecureAsync(plain, collector, limited.Token) : plain);
        }
        catch (Exception fault) when (fault is SocketException or AuthenticationException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            socket.Dispose();
            throw new IOException($"The collector is not reached: {fault.GetType().Name}", fault);
        }
    }

    /// <exception cref="IOException">The connection is lost, or the collector does not take the messages in time.</exception>
    public async Task SendAsync(IEnumerable<string> messages, CancellationToken cancellationToken)
    {
        // A collector that reads no more fills the socket, and the write would wait for ever.
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Patience);
        try
        {
            if (stream is null)
            {
                foreach (var message in messages) await socket.SendAsync(Encoding.UTF8.GetBytes(message).AsMemory(..Math.Min(LongestDatagram, Encoding.UTF8.GetByteCount(message))), limited.Token);
                return;
            }

            var frames = new StringBuilder();
            foreach (var message in messages) frames.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(message)} {message}");
            await stream.WriteAsync(Encoding.UTF8.GetBytes(frames.ToString()), limited.Token);
            await stream.FlushAsync(limited.Token);
        }
        catch (SocketException fault)
        {
            throw new IOException("The connection is lost", fault);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The collector does not take what is sent", fault);
        }
    }

    public void Dispose()
    {
        stream?.Dispose();
        socket.Dispose();
    }

    private static async Task<Stream> SecureAsync(NetworkStream plain, SyslogCollector collector, CancellationToken cancellationToken)
    {
        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = collector.Address.Host,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                RemoteCertificateValidationCallback = (_, certificate, _, errors) => collector.Trusts(certificate, errors),
            },
            cancellationToken);
        return secure;
    }
}
