using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using EHealthPlus.Routing.Contracts.Notices;

namespace EHealthPlus.Adapters.Notices.Channels;

/// <summary>
/// Hands an e-mail to a mail server (RFC 5321), with STARTTLS (RFC 3207) where it is offered, and AUTH PLAIN (RFC 4954, 4616) over TLS only.
/// A server may take a mail twice when the hub dies between its answer and our note of it; the Message-ID is then the same.
/// </summary>
internal sealed class SmtpServer(NoticeOptions options, TimeProvider clock) : IChannel
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public NoticeChannel Channel => NoticeChannel.Email;

    public async Task<Delivery> SendAsync(NoticeMessage message, CancellationToken cancellationToken)
    {
        if (options.Smtp is not { } server || message.Address is null) return Delivery.Refused;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Patience);
        try
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(server.Host, server.Port > 0 ? server.Port : server.Scheme == "smtps" ? 465 : 587, limited.Token);
            return await TalkAsync(tcp.GetStream(), server, message, limited.Token);
        }
        catch (Exception fault) when (fault is IOException or SocketException or AuthenticationException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Delivery.Failed;
        }
    }

    private async Task<Delivery> TalkAsync(Stream plain, Uri server, NoticeMessage message, CancellationToken cancellationToken)
    {
        var secure = server.Scheme == "smtps";
        var dialogue = new Dialogue(secure ? await SecureAsync(plain, server.Host, cancellationToken) : plain);
        if (await dialogue.ReadAsync(cancellationToken) != 220) return Delivery.Failed;
        if (await dialogue.AskAsync("EHLO ehealthplus", cancellationToken) != 250) return Delivery.Failed;
        if (!secure && dialogue.Offers("STARTTLS"))
        {
            if (await dialogue.AskAsync("STARTTLS", cancellationToken) != 220) return Delivery.Failed;
            dialogue = new(await SecureAsync(plain, server.Host, cancellationToken));
            secure = true;
            if (await dialogue.AskAsync("EHLO ehealthplus", cancellationToken) != 250) return Delivery.Failed;
        }

        if (server.UserInfo.Length > 0)
        {
            // A password never goes over a line that others can read.
            if (!secure) return Delivery.Failed;
            var account = string.Join('\0', ["", .. server.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString)]);
            if (await dialogue.AskAsync($"AUTH PLAIN {Convert.ToBase64String(Encoding.UTF8.GetBytes(account))}", cancellationToken) != 235) return Delivery.Failed;
        }

        if (await dialogue.AskAsync($"MAIL FROM:<{options.Sender}>", cancellationToken) != 250) return Delivery.Failed;
        var recipient = await dialogue.AskAsync($"RCPT TO:<{message.Address}>", cancellationToken);
        if (recipient is not (250 or 251)) return recipient >= 500 ? Delivery.Refused : Delivery.Failed;
        if (await dialogue.AskAsync("DATA", cancellationToken) != 354) return Delivery.Failed;
        var taken = await dialogue.AskAsync(EmailMessage.Of(message, options.Sender, clock.GetUtcNow()) + "\r\n.", cancellationToken);
        if (taken != 250) return taken >= 500 ? Delivery.Refused : Delivery.Failed;
        try
        {
            await dialogue.SayAsync("QUIT", cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // The 250 counts (RFC 5321 section 4.2.5): the mail would go twice.
            return Delivery.Sent;
        }

        return Delivery.Sent;
    }

    private static async Task<Stream> SecureAsync(Stream plain, string host, CancellationToken cancellationToken)
    {
        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = host, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 }, cancellationToken);
        return secure;
    }

    /// <summary>Lines to and fro.</summary>
    private sealed class Dialogue(Stream stream)
    {
        private readonly StreamReader reader = new(stream, Encoding.UTF8, false, 1024, leaveOpen: true);
        private readonly List<string> lines = [];

        public bool Offers(string extension) => lines.Any(line => line.Length > 4 && line.AsSpan(4).Equals(extension, StringComparison.OrdinalIgnoreCase));

        public async Task<int> AskAsync(string line, CancellationToken cancellationToken)
        {
            await SayAsync(line, cancellationToken);
            return await ReadAsync(cancellationToken);
        }

        public async Task SayAsync(string line, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }

        /// <returns>The code of the answer, whose last line has a space after it.</returns>
        public async Task<int> ReadAsync(CancellationToken cancellationToken)
        {
            lines.Clear();
            while (await reader.ReadLineAsync(cancellationToken) is { Length: >= 3 } line && lines.Count < 100)
            {
                lines.Add(line);
                if (line.Length == 3 || line[3] != '-') return int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0;
            }

            throw new IOException("The mail server closed the connection");
        }
    }
}
