using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace EHealthPlus.Tests.Security.Attacking;

/// <summary>HTTP/1.1 over TLS, byte by byte: what no library would send.</summary>
internal sealed class RawHttp : IAsyncDisposable
{
    private readonly TcpClient client = new() { NoDelay = true };
    private SslStream? stream;

    public static async Task<RawHttp> OpenAsync(int port)
    {
        var raw = new RawHttp();
        await raw.client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        raw.stream = new SslStream(raw.client.GetStream());
        await raw.stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", RemoteCertificateValidationCallback = (_, _, _, _) => true, ApplicationProtocols = [SslApplicationProtocol.Http11] },
            TestContext.Current.CancellationToken);
        return raw;
    }

    /// <param name="request">One letter a byte.</param>
    public async Task WriteAsync(string request)
    {
        await stream!.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        await stream.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Everything that comes until the hub closes the connection.</summary>
    /// <returns>What came, and whether the hub closed within the limit.</returns>
    public async Task<(string Text, bool Closed)> ReadToEndAsync(TimeSpan limit)
    {
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        using var timeOut = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeOut.CancelAfter(limit);
        try
        {
            for (int read; (read = await stream!.ReadAsync(buffer, timeOut.Token)) > 0;) text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            return (text.ToString(), true);
        }
        catch (IOException)
        {
            return (text.ToString(), true);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return (text.ToString(), false);
        }
    }

    /// <summary>Sends, and closes the sending side's interest by waiting a short while for answers.</summary>
    public static async Task<(string Text, bool Closed)> AskAsync(int port, string request, double seconds = 2)
    {
        await using var raw = await OpenAsync(port);
        try
        {
            await raw.WriteAsync(request);
        }
        catch (IOException)
        {
            // The hub may have answered and closed before all of it was there.
        }

        return await raw.ReadToEndAsync(TimeSpan.FromSeconds(seconds));
    }

    /// <summary>The status lines of the answers, one a request that the hub saw.</summary>
    public static IReadOnlyList<int> StatusesOf(string text) =>
        [.. text.Split("HTTP/1.1 ").Skip(1).Select(answer => int.Parse(answer[..3], System.Globalization.CultureInfo.InvariantCulture))];

    public async ValueTask DisposeAsync()
    {
        if (stream is not null) await stream.DisposeAsync();
        client.Dispose();
    }
}
