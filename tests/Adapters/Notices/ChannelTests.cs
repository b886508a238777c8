using System.Net;
using System.Net.Sockets;
using System.Text;
using EHealthPlus.Adapters.Notices;
using EHealthPlus.Adapters.Notices.Channels;

namespace EHealthPlus.Tests.Adapters.Notices;

public sealed class ChannelTests : IDisposable
{
    private static readonly NoticeMessage Message = new(new string('a', 32), new string('b', 32), "citizen@example.org", "醫健通＋", "測試診所 2026-11-20 12:00", true);

    private readonly string folder = Directory.CreateTempSubdirectory("ehealthplus-letters-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(HttpStatusCode.OK, "Sent")]
    [InlineData(HttpStatusCode.Accepted, "Sent")]
    [InlineData(HttpStatusCode.UnprocessableEntity, "Refused")]
    [InlineData(HttpStatusCode.TooManyRequests, "Failed")]
    [InlineData(HttpStatusCode.Unauthorized, "Failed")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "Failed")]
    public async Task The_gateway_gets_number_text_and_key(HttpStatusCode answer, string delivery)
    {
        using var gateway = new ScriptedGateway(answer);
        using var http = new HttpClient(gateway);
        var sms = new SmsGateway(http, Options(sms: "https://gateway.example.org/messages"));
        Assert.Equal(delivery, (await sms.SendAsync(Message with { Address = "+85290000000" }, Cancel)).ToString());
        Assert.Equal((Message.Key, "Bearer secret"), (gateway.Key, gateway.Authorization));
        Assert.Contains("+85290000000", gateway.Body.Replace("\\u002B", "+", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_end_of_a_mounted_secret_is_no_part_of_the_token_and_a_break_within_it_is_refused()
    {
        Assert.Equal("secret", NoticeOptions.Of("https://gateway.example.org/", "secret\n", null, null, folder).SmsToken);
        Assert.Throws<FormatException>(() => NoticeOptions.Of("https://gateway.example.org/", "sec\nret", null, null, folder));
    }

    [Fact]
    public async Task A_channel_that_is_not_set_up_refuses()
    {
        using var http = new HttpClient(new ScriptedGateway(HttpStatusCode.OK));
        Assert.Equal(Delivery.Refused, await new SmsGateway(http, Options()).SendAsync(Message, Cancel));
        Assert.Equal(Delivery.Refused, await new SmtpServer(Options(), TimeProvider.System).SendAsync(Message, Cancel));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_mail_server_takes_the_mail()
    {
        using var server = new ScriptedMailServer(new());
        var smtp = new SmtpServer(Options(smtp: $"smtp://127.0.0.1:{server.Port}"), TimeProvider.System);
        Assert.Equal(Delivery.Sent, await smtp.SendAsync(Message, Cancel));
        var lines = await server.LinesAsync();
        Assert.Contains("MAIL FROM:<no-reply@example.org>", lines);
        Assert.Contains("RCPT TO:<citizen@example.org>", lines);
        Assert.Contains($"Message-ID: <{Message.Key}@ehealthplus>", lines);
        var body = lines.SkipWhile(line => line.Length > 0).Skip(1).TakeWhile(line => line != ".").Where(line => line.Length > 0);
        Assert.Equal(Message.Text, Encoding.UTF8.GetString(Convert.FromBase64String(string.Concat(body))));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("RCPT", "550 no such mailbox", "Refused")]
    [InlineData("RCPT", "450 try later", "Failed")]
    [InlineData("DATA", "451 try later", "Failed")]
    [InlineData(".", "554 not taken", "Refused")]
    [InlineData("MAIL", "421 closing", "Failed")]
    public async Task Its_answers_are_understood(string at, string answer, string delivery)
    {
        using var server = new ScriptedMailServer(new() { [at] = answer });
        var smtp = new SmtpServer(Options(smtp: $"smtp://127.0.0.1:{server.Port}"), TimeProvider.System);
        Assert.Equal(delivery, (await smtp.SendAsync(Message, Cancel)).ToString());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_password_never_goes_in_the_clear()
    {
        using var server = new ScriptedMailServer(new());
        var smtp = new SmtpServer(Options(smtp: $"smtp://user:secret@127.0.0.1:{server.Port}"), TimeProvider.System);
        Assert.Equal(Delivery.Failed, await smtp.SendAsync(Message, Cancel));
        Assert.DoesNotContain(await server.LinesAsync(), line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_letter_is_written_once()
    {
        var letters = new LetterFolder(Options());
        Assert.Equal(Delivery.Sent, await letters.SendAsync(Message, Cancel));
        Assert.Equal(Delivery.Sent, await letters.SendAsync(Message with { Text = "other" }, Cancel));
        var file = Assert.Single(Directory.GetFiles(folder));
        Assert.Contains(Message.Text, await File.ReadAllTextAsync(file, Cancel), StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(folder, "fetched"));
        File.Move(file, Path.Combine(folder, "fetched", Path.GetFileName(file)));
        Assert.Equal(Delivery.Sent, await letters.SendAsync(Message, Cancel));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task A_letter_that_counts_as_sent_is_there_after_a_power_cut()
    {
        using var disk = Uploads.CuttableDisk.TryMake();
        Assert.SkipWhen(disk is null, "Needs root and a loop device");
        var letters = Path.Combine(disk.Root, "letters");
        Assert.Equal(Delivery.Sent, await new LetterFolder(NoticeOptions.Of(null, "secret", null, "no-reply@example.org", letters)).SendAsync(Message, Cancel));

        disk.Cut();
        await disk.PowerOnAsync();

        var file = Assert.Single(Directory.GetFiles(letters));
        Assert.Equal(Message.Key + ".txt", Path.GetFileName(file));
        Assert.Contains(Message.Text, await File.ReadAllTextAsync(file, Cancel), StringComparison.Ordinal);
    }

    private NoticeOptions Options(string? sms = null, string? smtp = null) => NoticeOptions.Of(sms, "secret", smtp, "no-reply@example.org", folder);

    private sealed class ScriptedGateway(HttpStatusCode answer) : HttpMessageHandler
    {
        public string? Key { get; private set; }

        public string? Authorization { get; private set; }

        public string Body { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Key = request.Headers.GetValues("Idempotency-Key").Single();
            Authorization = request.Headers.Authorization?.ToString();
            Body = await request.Content!.ReadAsStringAsync(cancellationToken);
            return new(answer);
        }
    }

    /// <summary>Takes one connection and answers each line; lines of the mail itself are not answered.</summary>
    private sealed class ScriptedMailServer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly Dictionary<string, string> answers;
        private readonly Task<List<string>> talk;

        public ScriptedMailServer(Dictionary<string, string> answers)
        {
            this.answers = answers;
            listener.Start();
            talk = TalkAsync();
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        /// <summary>What the client said, when it has hung up.</summary>
        public Task<List<string>> LinesAsync() => talk.WaitAsync(Cancel);

        public void Dispose() => listener.Dispose();

        private async Task<List<string>> TalkAsync()
        {
            var lines = new List<string>();
            using var client = await listener.AcceptTcpClientAsync(Cancel);
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync("220 mail.example.org");
            var mail = false;
            while (await reader.ReadLineAsync(Cancel) is { } line)
            {
                lines.Add(line);
                if (mail && line != ".") continue;
                var word = line.Split(' ')[0];
                var answer = answers.GetValueOrDefault(word) ?? word switch { "EHLO" => "250-mail.example.org\r\n250 8BITMIME", "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 ok" };
                mail = answer.StartsWith("354", StringComparison.Ordinal);
                await writer.WriteLineAsync(answer);
            }

            return lines;
        }
    }
}
