using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EHealthPlus.Adapters.Mllp;
using EHealthPlus.Adapters.Mllp.Sender;
using EHealthPlus.Routing.Contracts.Tls;

namespace EHealthPlus.Tests.Adapters.Mllp;

public sealed class TlsTests
{
    private readonly Certificates trusted = new("Test authority");
    private readonly Certificates stranger = new("Test authority");

    [Fact]
    public async Task The_intake_learns_which_certificate_the_sender_showed()
    {
        var certificate = trusted.Client();
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake, tls: Tls());
        await using var sender = Sender(server, certificate);
        Assert.Contains("MSA|AA|1", await SendAsync(sender), StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(certificate.RawData)), Assert.Single(intake.Peers).CertificateThumbprint);
    }

    [Fact]
    public async Task No_certificate_no_entry()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake, tls: Tls());
        await using var sender = Sender(server, null);
        await Assert.ThrowsAsync<IOException>(() => SendAsync(sender));
        Assert.Empty(intake.Received);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_of_another_authority_is_refused_required_or_not(bool required)
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake, tls: Tls() with { RequireClientCertificate = required });
        await using var sender = Sender(server, stranger.Client());
        await Assert.ThrowsAsync<IOException>(() => SendAsync(sender));
        Assert.Empty(intake.Received);
    }

    [Fact]
    public async Task An_expired_certificate_and_one_for_servers_are_refused()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake, tls: Tls());
        foreach (var unfit in new[] { trusted.Client(days: -1), trusted.Server() })
        {
            await using var sender = Sender(server, unfit);
            await Assert.ThrowsAsync<IOException>(() => SendAsync(sender));
        }

        Assert.Empty(intake.Received);
    }

    [Fact]
    public async Task Without_the_requirement_a_sender_without_certificate_gets_in()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake, tls: Tls() with { RequireClientCertificate = false });
        await using var sender = Sender(server, null);
        Assert.Contains("MSA|AA|1", await SendAsync(sender), StringComparison.Ordinal);
        Assert.Null(Assert.Single(intake.Peers).CertificateThumbprint);
    }

    [Fact]
    public async Task The_sender_refuses_a_hub_of_another_authority_or_name()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake, tls: Tls() with { RequireClientCertificate = false });
        await using var wrongAuthority = Sender(server, null, authority: stranger);
        await using var wrongName = Sender(server, null, name: "elsewhere");
        await Assert.ThrowsAsync<IOException>(() => SendAsync(wrongAuthority));
        await Assert.ThrowsAsync<IOException>(() => SendAsync(wrongName));
        Assert.Empty(intake.Received);
    }

    [Fact]
    public async Task Plain_text_on_a_TLS_endpoint_reaches_nobody()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake, tls: Tls());
        using var sender = await RawSender.ConnectAsync(server.Port);
        await sender.SendFrameAsync(ScriptedIntake.Message("1"));
        sender.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        var rest = new byte[100];
        var came = await sender.Stream.ReadAsync(rest);
        Assert.DoesNotContain((byte)0x0b, rest[..came]);
        Assert.Empty(intake.Received);
        Assert.Empty(intake.Refused);
    }

    [Fact]
    public async Task Long_and_pipelined_messages_pass_through_TLS()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake, tls: Tls());
        await using var sender = Sender(server, trusted.Client(), window: 32);
        var answers = await Task.WhenAll(Enumerable.Range(1, 200).Select(async n =>
            Encoding.Latin1.GetString((await sender.SendAsync(Encoding.Latin1.GetBytes(ScriptedIntake.Message($"{n}", n * 2000)), CancellationToken.None)).Span)));
        Assert.All(answers.Select((answer, n) => (answer, n)), pair => Assert.Contains($"MSA|AA|{pair.n + 1}\r", pair.answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Half_a_frame_in_TLS_is_refused_after_its_time()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(
            intake, new MllpOptions { FrameTimeout = TimeSpan.FromMilliseconds(300) }, Tls() with { RequireClientCertificate = false });
        using var raw = await RawSender.ConnectAsync(server.Port);
        await using var secured = new SslStream(raw.Stream);
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, _, _, _) => true });
        await secured.WriteAsync(Encoding.Latin1.GetBytes("\x0b" + ScriptedIntake.Message("1")));
        var answer = new byte[1000];
        var came = await secured.ReadAsync(answer);
        Assert.Contains("MSA|AR|1", Encoding.Latin1.GetString(answer, 0, came), StringComparison.Ordinal);
        Assert.Equal(0, await secured.ReadAsync(answer));
    }

    [Fact]
    public async Task TLS_1_1_is_refused()
    {
        await using var server = await MllpServer.StartAsync(new ScriptedIntake(), tls: Tls() with { RequireClientCertificate = false });
        using var raw = await RawSender.ConnectAsync(server.Port);
        await using var secured = new SslStream(raw.Stream);
#pragma warning disable SYSLIB0039, CA5397 // The old protocol is what is tested.
        var old = new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = SslProtocols.Tls11, RemoteCertificateValidationCallback = (_, _, _, _) => true };
#pragma warning restore SYSLIB0039, CA5397
        await Assert.ThrowsAnyAsync<Exception>(() => secured.AuthenticateAsClientAsync(old));
    }

    [Fact]
    public void Certificates_are_read_from_PFX_and_PEM_files()
    {
        using var folder = new TemporaryFolder();
        using var certificate = trusted.Server();
        var (pfx, pem, key, authorities) = (At("hub.pfx"), At("hub.pem"), At("hub.key"), At("authorities.pem"));
        File.WriteAllBytes(pfx, certificate.Export(X509ContentType.Pfx, "secret"));
        File.WriteAllText(pem, certificate.ExportCertificatePem());
        File.WriteAllText(key, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(authorities, trusted.Authority.ExportCertificatePem() + "\n" + stranger.Authority.ExportCertificatePem());
        Assert.Equal(certificate.Thumbprint, Loaded(ListenerTls.LoadCertificate(pfx, password: "secret")));
        Assert.Equal(certificate.Thumbprint, Loaded(ListenerTls.LoadCertificate(pem, key)));
        Assert.Equal(2, ListenerTls.LoadAuthorities(authorities).Count);
        Assert.ThrowsAny<CryptographicException>(() => ListenerTls.LoadCertificate(pfx, password: "wrong"));
        Assert.ThrowsAny<CryptographicException>(() => ListenerTls.LoadAuthorities(key));

        string At(string name) => folder.At(name);

        static string? Loaded(X509Certificate2 certificate) => certificate.HasPrivateKey ? certificate.Thumbprint : null;
    }

    private static async Task<string> SendAsync(MllpSender sender) => Encoding.Latin1.GetString(
        (await sender.SendAsync(Encoding.Latin1.GetBytes(ScriptedIntake.Message("1")), CancellationToken.None)).Span);

    private ListenerTls Tls() => new() { Certificate = trusted.Server(), ClientAuthorities = [trusted.Authority] };

    private MllpSender Sender(MllpServer server, X509Certificate2? certificate, Certificates? authority = null, string name = "localhost", int window = 1) => new(
        new MllpSenderOptions
        {
            Host = "127.0.0.1",
            Port = server.Port,
            Attempts = 1,
            Window = window,
            Tls = new CallerTls { Certificate = certificate, Authorities = [(authority ?? trusted).Authority], ServerName = name },
        },
        TimeProvider.System);
}
