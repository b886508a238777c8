using System.Net.Sockets;
using EHealthPlus.Tests.Security.Attacking;

namespace EHealthPlus.Tests.Security.Transport;

/// <summary>Senders that are too slow, or send too much, are cut off by limits, and hold nobody else up.</summary>
public sealed class SlowAndLargeTest(AttackedHub attacked)
{
    /// <summary>Longer than any limit on what a stranger may leave unfinished.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private int Port => attacked.Hub.HttpPort;

    [Fact]
    public async Task Headers_a_body_a_handshake_and_a_frame_that_never_end_are_cut_off()
    {
        var cut = await Task.WhenAll(
            EndsAsync("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", "a"),
            EndsAsync("POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10000\r\n\r\n", "a"),
            EndsAsync("POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"),
            HandshakeEndsAsync(Port), HandshakeEndsAsync(attacked.Hub.MllpPort));

        Assert.All(cut, Assert.True);
    }

    [Fact]
    public async Task A_thousand_idle_connections_on_each_port_hold_nobody_up()
    {
        var idle = new List<TcpClient>();
        try
        {
            for (var each = 0; each < 1_000; each++)
            {
                foreach (var port in new[] { Port, attacked.Hub.MllpPort })
                {
                    var client = new TcpClient();
                    await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
                    idle.Add(client);
                }
            }

            Assert.Contains("MSA|A", await attacked.SendAsync(Messages.Enrol(140, $"IDLE{Guid.NewGuid():N}"[..20])), StringComparison.Ordinal);
            using var fresh = attacked.Browser(null);
            Assert.Equal(200, (await Judged.AskAsync(fresh, "GET", "/health/live")).Status);
        }
        finally
        {
            idle.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task Headers_and_addresses_that_are_too_long_are_refused()
    {
        (string Request, int[] Statuses)[] large =
        [
            ($"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", [400, 414]),
            ($"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nX: {new string('a', 60_000)}\r\n\r\n", [400, 431]),
            ($"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n{string.Concat(Enumerable.Range(0, 400).Select(each => $"X{each}: a\r\n"))}\r\n", [400, 431]),
            ($"{new string('A', 20_000)} / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", [400, 414]),
        ];
        foreach (var (request, statuses) in large)
        {
            var (text, closed) = await RawHttp.AskAsync(Port, request, 30);
            Assert.True(closed, text);
            Assert.All(RawHttp.StatusesOf(text), status => Assert.Contains(status, statuses));
        }
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_before_it_is_there()
    {
        using var doors = new Doors(attacked);
        foreach (var route in HubRoute.All.Where(route => route.Changes && route.Template is not "/uploads"))
        {
            var bearer = (await doors.InsiderAsync(route)).DefaultRequestHeaders.Authorization!.Parameter;
            foreach (var type in new[] { "application/json", "application/fhir+json", "application/x-www-form-urlencoded" })
            {
                var (text, _) = await RawHttp.AskAsync(
                    Port, $"{route.Method} {route.Harmless()} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {bearer}\r\nContent-Type: {type}\r\nContent-Length: 200000000\r\nConnection: close\r\n\r\n{new string('a', 1000)}", 30);
                var status = Assert.Single(RawHttp.StatusesOf(text));
                // Who only signs out sends nothing that is read.
                Assert.True(IsUnread(status), $"{route} {type}: {text[..Math.Min(text.Length, 500)]}");
            }
        }
    }

    [Fact]
    public async Task A_bomb_is_not_unpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var each = 0; each < 64; each++) await gzip.WriteAsync(zeros, TestContext.Current.CancellationToken);
        }

        using var doors = new Doors(attacked);
        foreach (var route in HubRoute.All.Where(route => route.Changes && route.Template is not "/uploads"))
        {
            foreach (var type in new[] { "application/json", "application/fhir+json", "application/x-www-form-urlencoded" })
            {
                using var body = new ByteArrayContent(packed.ToArray());
                body.Headers.TryAddWithoutValidation("Content-Type", type);
                body.Headers.ContentEncoding.Add("gzip");
                var answer = await Judged.AskAsync(await doors.InsiderAsync(route), route.Method, route.Harmless(), body);
                Assert.True(answer.Status == Judged.Cut || IsUnread(answer.Status), $"{route} {type}: {answer.Status}");
            }
        }
    }

    private static bool IsUnread(int status) => status is 204 or 302 or (>= 400 and < 500);

    private async Task<bool> EndsAsync(string begin, string more)
    {
        await using var raw = await RawHttp.OpenAsync(Port);
        await raw.WriteAsync(begin);
        using var over = new CancellationTokenSource();
        var dripping = DripAsync(raw, more, over.Token);
        var (_, closed) = await raw.ReadToEndAsync(Patience);
        await over.CancelAsync();
        await dripping;
        return closed;
    }

    /// <summary>A little each second: never silent, never done.</summary>
    private static async Task DripAsync(RawHttp raw, string more, CancellationToken over)
    {
        try
        {
            using var each = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (await each.WaitForNextTickAsync(over)) await raw.WriteAsync(more);
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The hub closed, or the test has seen enough.
        }
    }

    private static async Task<bool> HandshakeEndsAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        // The head of a TLS record that announces more than ever comes.
        await client.GetStream().WriteAsync((byte[])[22, 3, 1, 2, 0, 1], TestContext.Current.CancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var buffer = new byte[256];
            while (await client.GetStream().ReadAsync(buffer, limit.Token) > 0)
            {
                // An alert, before the end.
            }

            return true;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
