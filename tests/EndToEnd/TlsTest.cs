using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>TLS of the MLLP port as the settings switch it on: a sender with a certificate of the right authority is answered, others are not.</summary>
public sealed class TlsTest : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ehealthplus-tls-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Only_a_sender_with_a_certificate_of_the_named_authority_is_answered()
    {
        using var authority = Authority("CN=Test Authority");
        using var stranger = Authority("CN=Other Authority");
        using var server = Issue(authority, "CN=localhost");
        File.WriteAllBytes(Path.Combine(folder, "server.pfx"), server.Export(X509ContentType.Pkcs12, "test"));
        File.WriteAllText(Path.Combine(folder, "authority.pem"), authority.ExportCertificatePem());
        await using var hub = new HubProcess(extra: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Hub__MllpTls__Certificate"] = Path.Combine(folder, "server.pfx"),
            ["Hub__MllpTls__Password"] = "test",
            ["Hub__MllpTls__ClientAuthorities"] = Path.Combine(folder, "authority.pem"),
        });
        await hub.StartAsync();

        using var known = Issue(authority, "CN=sender");
        Assert.Contains("MSA|AA", await AskAsync(hub.MllpPort, known), StringComparison.Ordinal);
        using var unknown = Issue(stranger, "CN=sender");
        Assert.Equal("", await AskAsync(hub.MllpPort, unknown));
        Assert.Equal("", await AskAsync(hub.MllpPort, null));
    }

    /// <returns>The answer; empty where the hub would not talk.</returns>
    private static async Task<string> AskAsync(int port, X509Certificate2? certificate)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, limit.Token);
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsClientAsync(
                new()
                {
                    TargetHost = "localhost",
                    ClientCertificates = certificate is null ? null : [certificate],
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
                },
                limit.Token);
            await stream.WriteAsync((byte[])[0x0B, .. Encoding.UTF8.GetBytes(Messages.Enrol(70, "TLS")), 0x1C, 0x0D], limit.Token);
            var buffer = new byte[4096];
            var read = await stream.ReadAsync(buffer, limit.Token);
            return Encoding.UTF8.GetString(buffer, 0, read);
        }
        catch (Exception refused) when (refused is IOException or System.Security.Authentication.AuthenticationException)
        {
            return "";
        }
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(2));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")], false));
        using var issued = request.Create(authority, TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1), RandomNumberGenerator.GetBytes(8));
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
