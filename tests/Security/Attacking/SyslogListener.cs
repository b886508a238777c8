using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EHealthPlus.Tests.Security.Attacking;

/// <summary>A collector of syslog over TCP (RFC 6587) that keeps the bytes as they come.</summary>
internal sealed class SyslogListener : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly StringBuilder text = new();
    private readonly CancellationTokenSource ended = new();

    public SyslogListener()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Text
    {
        get
        {
            lock (text) return text.ToString();
        }
    }

    public void Dispose()
    {
        ended.Cancel();
        listener.Dispose();
        ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = KeepAsync(await listener.AcceptTcpClientAsync(ended.Token));
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The tests are over.
        }
    }

    private async Task KeepAsync(TcpClient client)
    {
        using (client)
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
            var buffer = new char[4096];
            try
            {
                for (int read; (read = await reader.ReadAsync(buffer, ended.Token)) > 0;)
                {
                    lock (text) text.Append(buffer, 0, read);
                }
            }
            catch (Exception over) when (over is OperationCanceledException or IOException)
            {
                // The hub, or the tests, are over.
            }
        }
    }
}
