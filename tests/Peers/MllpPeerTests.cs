using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EHealthPlus.Adapters.Mllp;
using EHealthPlus.Routing.Contracts.Tls;

namespace EHealthPlus.Tests.Peers;

/// <summary>Senders by other hands understand our frames and answers, and we theirs.</summary>
public sealed class MllpPeerTests
{
    public static TheoryData<PeerSender> Senders => [PeerSender.NodeHl7Client, PeerSender.PythonHl7];

    [Theory]
    [MemberData(nameof(Senders), DisableDiscoveryEnumeration = true)]
    public async Task A_peer_gets_the_answer_to_each_of_its_messages(PeerSender peer)
    {
        var intake = new AnsweringIntake();
        await using var server = await PeerHost.StartAsync(intake);
        var messages = Enumerable.Range(1, 20).Select(n => Result($"R{n}", "TESTPATIENT")).ToList();
        var (answers, complaint) = await peer.SendAsync("127.0.0.1", server.Port, messages);
        Assert.Equal("", complaint);
        Assert.Equal(Enumerable.Range(1, 20).Select(n => ("AA", $"R{n}")), answers.Select(answer => (answer.Code, answer.ControlId)));
        Assert.Equal(messages.Select(Trimmed), intake.Received.Select(Trimmed));
        Assert.Single(intake.Peers.Distinct());
    }

    [Theory]
    [MemberData(nameof(Senders), DisableDiscoveryEnumeration = true)]
    public async Task A_long_message_in_Chinese_arrives_unchanged(PeerSender peer)
    {
        var intake = new AnsweringIntake();
        await using var server = await PeerHost.StartAsync(intake);
        var message = Result("L1", string.Concat(Enumerable.Repeat("測試病人", 20_000)));
        var (answers, complaint) = await peer.SendAsync("127.0.0.1", server.Port, [message]);
        Assert.Equal("", complaint);
        Assert.Equal("AA", Assert.Single(answers).Code);
        Assert.Equal(Trimmed(message), Trimmed(Assert.Single(intake.Received)));
    }

    [Theory]
    [MemberData(nameof(Senders), DisableDiscoveryEnumeration = true)]
    public async Task A_peer_reads_a_refusal_with_its_reason(PeerSender peer)
    {
        var intake = new AnsweringIntake { Code = "AE" };
        await using var server = await PeerHost.StartAsync(intake);
        var (answers, complaint) = await peer.SendAsync("127.0.0.1", server.Port, [Result("E1", "TESTPATIENT")]);
        Assert.Equal("", complaint);
        var answer = Assert.Single(answers);
        Assert.Equal(("AE", "E1"), (answer.Code, answer.ControlId));
        Assert.Contains("ERR||PID^1^3^1^1|204^Unknown key identifier^HL70357|E", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Senders), DisableDiscoveryEnumeration = true)]
    public async Task A_frame_over_the_limit_is_refused_so_that_the_peer_reads_why(PeerSender peer)
    {
        var intake = new AnsweringIntake();
        await using var server = await PeerHost.StartAsync(intake, new MllpOptions { MaxFrameBytes = 1000 });
        var (answers, _) = await peer.SendAsync("127.0.0.1", server.Port, [Result("B1", new string('x', 2000))]);
        var answer = Assert.Single(answers);
        Assert.Equal(("AR", "B1"), (answer.Code, answer.ControlId));
        Assert.Empty(intake.Received);
    }

    [Fact]
    public async Task Node_shows_its_client_certificate_over_TLS()
    {
        using var folder = new TemporaryFolder();
        using var authority = Authority();
        using var hub = Issue(authority, "1.3.6.1.5.5.7.3.1");
        using var laboratory = Issue(authority, "1.3.6.1.5.5.7.3.2");
        var environment = new Dictionary<string, string>
        {
            ["PEER_CA"] = Written("ca.pem", authority.ExportCertificatePem()),
            ["PEER_CERT"] = Written("laboratory.pem", laboratory.ExportCertificatePem()),
            ["PEER_KEY"] = Written("laboratory.key", laboratory.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()),
        };
        var intake = new AnsweringIntake();
        await using var server = await PeerHost.StartAsync(intake, tls: new ListenerTls { Certificate = hub, ClientAuthorities = [authority] });
        var (answers, complaint) = await PeerSender.NodeHl7Client.SendAsync("127.0.0.1", server.Port, [Result("T1", "TESTPATIENT")], environment);
        Assert.Equal("", complaint);
        Assert.Equal("AA", Assert.Single(answers).Code);
        Assert.Equal(laboratory.GetCertHashString(HashAlgorithmName.SHA256), Assert.Single(intake.Peers).CertificateThumbprint);

        environment.Remove("PEER_CERT");
        environment.Remove("PEER_KEY");
        var (none, _) = await PeerSender.NodeHl7Client.SendAsync("127.0.0.1", server.Port, [Result("T2", "TESTPATIENT")], environment, seconds: 3);
        Assert.Empty(none);
        Assert.Single(intake.Received);

        string Written(string name, string content)
        {
            var path = Path.Combine(folder.Path, name);
            File.WriteAllText(path, content);
            return path;
        }
    }

    private static byte[] Result(string controlId, string familyName) => Encoding.UTF8.GetBytes(
        $"MSH|^~\\&|LAB|LABHK|EHEALTHPLUS|HUB|20260301093000+0800||ORU^R01^ORU_R01|{controlId}|P|2.5.1||||||UNICODE UTF-8\r"
        + $"PID|1||A1234563^^^HKG^NI||{familyName}^SYNTHETIC||19800101|F\r"
        + $"OBR|1|P{controlId}|F{controlId}|2345-7^Glucose^LN|||20260301090000+0800|||||||||||||||||||F\r"
        + "OBX|1|NM|2345-7^Glucose^LN||5.4|mmol/L^^UCUM|3.9-6.1|N|||F\r");

    // The Node library writes the last segment without its end.
    private static string Trimmed(byte[] message) => Encoding.UTF8.GetString(message).TrimEnd('\r');

    private static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-2), now.AddDays(30));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string purpose)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var issued = request.Create(authority, now.AddDays(-1), now.AddDays(20), RandomNumberGenerator.GetBytes(8));
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }
}
