using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EHealthPlus.Monitoring.Audit.Syslog;
using EHealthPlus.Routing.Contracts.Audit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EHealthPlus.Tests.Monitoring.Audit;

public sealed class SyslogTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, 250, TimeSpan.FromHours(8));

    private readonly TemporaryFolder folder = new();
    private readonly TrailInMemory trail = new();
    private readonly List<SyslogForwarding> started = [];

    /// <summary>One that still runs, as a test that failed leaves it, would write its position anew.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var forwarding in started)
        {
            await forwarding.StopAsync(default);
            forwarding.Dispose();
        }

        folder.Dispose();
    }

    [Fact]
    public void A_permitted_read_is_one_line_of_structured_data() => Assert.Equal(
        """<110>1 2026-11-20T04:00:00.250Z hub.test ehealthplus-hub 7 read [audit@32473 number="12" actor="clinician-1" role="clinician" provider="clinic-a" address="192.0.2.1" purpose="TREAT" type="Observation" outcome="permitted"]""",
        SyslogMessage.Of(new(12, Read()), "hub.test", 7));

    [Fact]
    public void A_refusal_has_its_severity_and_number_only() => Assert.Equal(
        """<109>1 2026-11-20T04:00:00.250Z h ehealthplus-hub 7 read [audit@32473 number="1" actor="a\"b\]c\\" role="clinician" provider="clinic-a" address="192.0.2.1" purpose="TREAT" type="Observation" outcome="refused" code="511"]""",
        SyslogMessage.Of(new(1, Read() with { Actor = "a\"b]c\\\n", Permitted = false, Reason = "511 SharingConsentMissing (rule)" }), "h", 7));

    [Theory]
    [InlineData("upload", "TESTPATIENT_A1234563.hl7", "TESTPATIENT/A1234563: haemoglobin 6.1")]
    [InlineData("deposit", "deposit:9", "401 IdentityMissing: TESTPATIENT of A123456(3) has haemoglobin 6.1")]
    [InlineData("read", "TESTPATIENT?A1234563", "A1234563")]
    public void Nothing_of_a_patient_is_in_it(string action, string target, string reason)
    {
        var message = SyslogMessage.Of(new(1, Read() with { Action = action, Target = target, Reason = reason, Permitted = false, OnBehalfOf = "A1234563" }), "h", 7);
        Assert.DoesNotContain("TESTPATIENT", message, StringComparison.Ordinal);
        Assert.DoesNotContain("A123456", message, StringComparison.Ordinal);
        Assert.DoesNotContain("haemoglobin", message, StringComparison.Ordinal);
        Assert.DoesNotContain(Read().PersonId!, message, StringComparison.Ordinal);
        Assert.DoesNotContain("A1234563", SyslogMessage.Of(new(1, Read() with { Actor = "A1234563", Role = "citizen" }), "h", 7), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Entries_go_over_TCP_in_order_each_with_its_length()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var forwarding = await StartAsync($"tcp://127.0.0.1:{Port(listener)}");
        await UntilAsync(() => File.Exists(folder.At("position")));
        for (var number = 0; number < 700; number++) trail.Add(Read());
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, 700), await ReadAsync(client.GetStream(), 700));
        await forwarding.StopAsync(default);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_trail_that_cannot_be_read_now_is_sent_later()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        File.WriteAllText(folder.At("position"), "0");
        trail.Add(Read());
        trail.Fault = new InvalidOperationException("synthetic");
        var forwarding = await StartAsync($"tcp://127.0.0.1:{Port(listener)}");
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        Assert.Equal([1], await ReadAsync(client.GetStream(), 1));
        await forwarding.StopAsync(default);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_a_collector_missed_is_sent_when_it_is_back()
    {
        var port = FreePort.Next();
        File.WriteAllText(folder.At("position"), "1");
        for (var number = 0; number < 3; number++) trail.Add(Read());
        var forwarding = await StartAsync($"tcp://127.0.0.1:{port}");
        await UntilAsync(() => forwarding.Problem is not null);
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        Assert.Equal([2, 3], await ReadAsync(client.GetStream(), 2));
        await UntilAsync(() => forwarding.Problem is null);
        await forwarding.StopAsync(default);
        Assert.Equal("3", File.ReadAllText(folder.At("position")));
    }

    [Fact(Timeout = 60_000)]
    public async Task Over_TLS_the_collector_must_have_a_certificate_of_the_named_authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=collector.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var usable = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        File.WriteAllText(folder.At("authority.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(folder.At("position"), "0");
        trail.Add(Read());
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var trusting = await StartAsync($"tls://127.0.0.1:{Port(listener)}", folder.At("authority.pem"));
        using (var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            using var secure = new SslStream(client.GetStream());
            await secure.AuthenticateAsServerAsync(usable);
            Assert.Equal([1], await ReadAsync(secure, 1));
            await trusting.StopAsync(default);
        }

        File.WriteAllText(folder.At("position"), "0");
        var wary = await StartAsync($"tls://127.0.0.1:{Port(listener)}");
        using (var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            using var secure = new SslStream(client.GetStream());
            var handshake = await Record.ExceptionAsync(() => secure.AuthenticateAsServerAsync(usable));
            // In TLS 1.3 the server hears of the refusal only when it reads: as an end, or as a reset.
            if (handshake is null) Assert.Equal(0, await ReceivedAsync(secure));
        }

        await UntilAsync(() => wary.Problem is not null);
    }

    private static async Task<int> ReceivedAsync(SslStream secure)
    {
        try
        {
            return await secure.ReadAsync(new byte[10], TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Over_UDP_each_entry_is_a_datagram()
    {
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        File.WriteAllText(folder.At("position"), "0");
        trail.Add(Read());
        var forwarding = await StartAsync($"udp://127.0.0.1:{((IPEndPoint)receiver.Client.LocalEndPoint!).Port}");
        var datagram = await receiver.ReceiveAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("<110>1 ", Encoding.UTF8.GetString(datagram.Buffer), StringComparison.Ordinal);
        await forwarding.StopAsync(default);
    }

    [Theory]
    [InlineData("127.0.0.1:514")]
    [InlineData("http://127.0.0.1:514")]
    [InlineData("tcp://127.0.0.1")]
    public void An_address_of_another_form_is_refused(string address) => Assert.Throws<FormatException>(() => SyslogCollector.Of(address, null, "position"));

    [Theory]
    [InlineData("tcp://127.0.0.1:601", "")]
    [InlineData("udp://127.0.0.1:514", "")]
    [InlineData("tls://127.0.0.1:6514", "no certificate\n")]
    [InlineData("tls://127.0.0.1:6514", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void Authorities_that_would_count_for_nothing_are_refused(string address, string content)
    {
        File.WriteAllText(folder.At("authorities.pem"), content);
        Assert.Throws<FormatException>(() => SyslogCollector.Of(address, folder.At("authorities.pem"), "position"));
    }

    /// <summary>One whose socket is full, because it reads no more.</summary>
    [Fact(Timeout = 60_000)]
    public async Task A_collector_that_takes_nothing_more_is_a_lost_one()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var connection = await SyslogConnection.OpenAsync(SyslogCollector.Of($"tcp://127.0.0.1:{Port(listener)}", null, "position"), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<IOException>(() => connection.SendAsync([new('x', 64 * 1024 * 1024)], TestContext.Current.CancellationToken));
    }

    private static AuditEntry Read() => new(
        Noon, "clinician-1", "clinician", "read", "0123456789abcdef0123456789abcdef", "Observation/o1", true, "Sharing consent in force", "TREAT", new("192.0.2.1"), "clinic-a");

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static async Task UntilAsync(Func<bool> happened)
    {
        for (var patience = 0; !happened(); patience++)
        {
            Assert.InRange(patience, 0, 3_000);
            await Task.Delay(10);
        }
    }

    /// <returns>The numbers of the entries.</returns>
    private static async Task<List<int>> ReadAsync(Stream stream, int count)
    {
        var numbers = new List<int>();
        while (numbers.Count < count)
        {
            var length = 0;
            for (int digit; (digit = await ByteAsync(stream)) != ' ';) length = length * 10 + digit - '0';
            var frame = new byte[length];
            await stream.ReadExactlyAsync(frame, TestContext.Current.CancellationToken);
            var text = Encoding.UTF8.GetString(frame);
            var start = text.IndexOf("number=\"", StringComparison.Ordinal) + 8;
            numbers.Add(int.Parse(text.AsSpan(start, text.IndexOf('"', start) - start), CultureInfo.InvariantCulture));
        }

        return numbers;
    }

    private static async Task<int> ByteAsync(Stream stream)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one, TestContext.Current.CancellationToken);
        return one[0];
    }

    private async Task<SyslogForwarding> StartAsync(string address, string? authorities = null)
    {
        var forwarding = new SyslogForwarding(SyslogCollector.Of(address, authorities, folder.At("position")), trail, TimeProvider.System, NullLogger<SyslogForwarding>.Instance);
        started.Add(forwarding);
        await forwarding.StartAsync(default);
        return forwarding;
    }
}
