using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EHealthPlus.Tests.EndToEnd.Running;

/// <summary>One MLLP connection over TLS, as a location's interface engine holds it open.</summary>
internal sealed class SecureMllp : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TcpClient client;
    private readonly SslStream stream;

    private SecureMllp(TcpClient client, SslStream stream)
    {
        this.client = client;
        this.stream = stream;
    }

    /// <param name="certificate">Null to show none.</param>
    public static async Task<SecureMllp> OpenAsync(int port, X509Certificate2? certificate)
    {
        using var limit = new CancellationTokenSource(Limit);
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, limit.Token);
        var stream = new SslStream(client.GetStream());
        var options = new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", RemoteCertificateValidationCallback = (_, _, _, _) => true };
        if (certificate is not null) options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        await stream.AuthenticateAsClientAsync(options, limit.Token);
        return new(client, stream);
    }

    /// <returns>The answer; empty where the hub would not talk.</returns>
    public async Task<string> AskAsync(string message)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await stream.WriteAsync((byte[])[0x0B, .. Encoding.UTF8.GetBytes(message), 0x1C, 0x0D], limit.Token);
            var buffer = new byte[8192];
            return Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer, limit.Token));
        }
        catch (IOException)
        {
            return "";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        client.Dispose();
    }
}
