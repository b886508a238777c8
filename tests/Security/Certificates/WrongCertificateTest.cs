using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.Security.Attacking;

namespace EHealthPlus.Tests.Security.Certificates;

/// <summary>A service location's systems are let in with its certificate alone, on MLLP, HTTPS and at the token endpoint.</summary>
public sealed class WrongCertificateTest(AttackedHub attacked)
{
    private HubProcess Hub => attacked.Hub;

    [Fact]
    public async Task None_self_signed_of_a_false_authority_and_the_hubs_own()
    {
        await attacked.CertificateAsync("demo-hospital-main");
        await attacked.CertificateAsync("demo-laboratory-1");
        using var selfSigned = SelfSigned();
        using var falseAuthority = OfFalseAuthority();
        using var server = X509Certificate2.CreateFromPemFile(Authority("server.pem"), Authority("server.key"));
        using var authority = X509Certificate2.CreateFromPemFile(Authority("authority.pem"), Authority("authority.key"));
        foreach (var certificate in new[] { null, selfSigned, falseAuthority, server, authority })
        {
            Assert.Equal("", await SendAsync(certificate));
            Assert.Equal((HttpStatusCode.Forbidden, certificate is null ? 541 : 542), await UploadAsync(certificate));
        }
    }

    [Fact]
    public async Task One_that_the_authoritys_key_signed_but_nobody_issued()
    {
        // Whoever stole the key still has no entry in the hub's record; the expired and the wrong usage go the same way.
        using var authority = X509Certificate2.CreateFromPemFile(Authority("authority.pem"), Authority("authority.key"));
        var now = TimeProvider.System.GetUtcNow();
        using var unissued = SignedBy(authority, now.AddMinutes(-5), now.AddDays(1), "1.3.6.1.5.5.7.3.2");
        using var expired = SignedBy(authority, now.AddMinutes(-4), now.AddMinutes(-1), "1.3.6.1.5.5.7.3.2");
        using var forServers = SignedBy(authority, now.AddMinutes(-5), now.AddDays(1), "1.3.6.1.5.5.7.3.1");
        await attacked.CertificateAsync("demo-laboratory-1");
        foreach (var certificate in new[] { unissued, expired, forServers })
        {
            Assert.Equal("", await SendAsync(certificate));
            Assert.Equal((HttpStatusCode.Forbidden, 542), await UploadAsync(certificate));
        }
    }

    [Fact]
    public async Task One_of_another_provider_and_of_another_location_of_the_same_provider()
    {
        await attacked.PostAsync("administrator", "/api/service-locations", new { id = "demo-hospital-east", providerId = "demo-hospital", name = "East", nameChinese = "" });
        await attacked.PostAsync("administrator", "/api/service-locations", new { id = "demo-laboratory-2", providerId = "demo-laboratory", name = "Two", nameChinese = "" });
        using var own = await attacked.IssueAsync("demo-hospital-main");
        using var east = await attacked.IssueAsync("demo-hospital-east");
        using var laboratory = await attacked.IssueAsync("demo-laboratory-1");
        using var secondBench = await attacked.IssueAsync("demo-laboratory-2");

        Assert.Contains("MSA|AA|", await SendAsync(own), StringComparison.Ordinal);
        Assert.Contains("|545", await SendAsync(east), StringComparison.Ordinal);
        Assert.Contains("|545", await SendAsync(laboratory), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await UploadAsync(laboratory)).Status);
        Assert.Equal((HttpStatusCode.Forbidden, 545), await UploadAsync(secondBench));
        Assert.Equal((HttpStatusCode.Forbidden, 545), await UploadAsync(own));

        // A person may sit at any workstation of the provider, and at none of another's.
        using var atHospital = Hub.Anonymous(own);
        atHospital.DefaultRequestHeaders.Authorization = new("Bearer", Hub.Token("clinician"));
        Assert.Equal(HttpStatusCode.Forbidden, (await atHospital.GetAsync("/fhir/Organization/demo-clinic", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task One_that_was_revoked_also_on_connections_that_are_open()
    {
        using var certificate = await attacked.IssueAsync("demo-hospital-main");
        await using var open = await SecureMllp.OpenAsync(Hub.MllpPort, certificate);
        Assert.Contains("MSA|AA|", await open.AskAsync(Messages.Enrol(120, $"REVOKE{Guid.NewGuid():N}"[..20])), StringComparison.Ordinal);
        await attacked.RunAsync("cert", "revoke", certificate.GetCertHashString(HashAlgorithmName.SHA256), "--reason", "test");

        Assert.Contains("|544", await open.AskAsync(Messages.Enrol(120, $"REVOKE{Guid.NewGuid():N}"[..20])), StringComparison.Ordinal);
        Assert.Contains("|544", await SendAsync(certificate), StringComparison.Ordinal);
        using var http = Hub.Anonymous(certificate);
        http.DefaultRequestHeaders.Authorization = new("Bearer", Hub.Token("operator"));
        using var answer = await http.GetAsync("/api/flow", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_machine_of_a_location_gets_and_uses_its_token_with_the_locations_certificate_alone()
    {
        using var own = await attacked.IssueAsync("demo-clinic-1");
        using var foreign = await attacked.IssueAsync("demo-hospital-main");
        using var client = new SigningClient(Hub, $"bound-{Guid.NewGuid():N}"[..20]);
        const string Scope = "system/Organization.r";
        await attacked.PostAsync("administrator", "/api/clients", client.Registration(Scope, location: "demo-clinic-1"));
        using var withOwn = Hub.Anonymous(own);
        using var withForeign = Hub.Anonymous(foreign);
        using var bare = Hub.Anonymous();

        Assert.NotEqual(HttpStatusCode.OK, (await client.AskAsync(client.Assertion(), Scope, bare)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await client.AskAsync(client.Assertion(), Scope, withForeign)).Status);
        var token = await client.TokenAsync(Scope, withOwn);
        foreach (var (http, status) in new[] { (withOwn, HttpStatusCode.OK), (withForeign, HttpStatusCode.Forbidden), (bare, HttpStatusCode.Forbidden) })
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
            Assert.Equal(status, (await http.GetAsync("/fhir/Organization/demo-clinic", TestContext.Current.CancellationToken)).StatusCode);
        }

        // The clinic's own location has a certificate from now on: other tests have none of it.
        await attacked.RunAsync("cert", "revoke", own.GetCertHashString(HashAlgorithmName.SHA256), "--reason", "test");
    }

    private string Authority(string file) => Path.Combine(Hub.DataDirectory, "authority", file);

    private async Task<string> SendAsync(X509Certificate2? certificate)
    {
        try
        {
            await using var connection = await SecureMllp.OpenAsync(Hub.MllpPort, certificate);
            return await connection.AskAsync(Messages.Enrol(121, $"WRONG{Guid.NewGuid():N}"[..20]));
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            return "";
        }
    }

    private async Task<(HttpStatusCode Status, int Number)> UploadAsync(X509Certificate2? certificate)
    {
        using var http = Hub.Anonymous(certificate);
        http.DefaultRequestHeaders.Authorization = new("Bearer", Hub.Token("source"));
        using var message = new StringContent(Messages.Result(121, $"UP{Guid.NewGuid():N}", "CERT", enhanced: false), MediaTypeHeaderValue.Parse("application/hl7-v2"));
        using var answer = await http.PostAsync("/uploads", message);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())?["rejection"]?.GetValue<int>() ?? 0);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return Reloaded(new CertificateRequest("O=demo-hospital, CN=demo-hospital-main", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1)));
    }

    /// <summary>From an authority that bears the very name of the hub's.</summary>
    private X509Certificate2 OfFalseAuthority()
    {
        using var real = X509Certificate2.CreateFromPem(File.ReadAllText(Authority("authority.pem")));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(real.SubjectName, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var authority = request.CreateSelfSigned(now.AddDays(-2), now.AddDays(2));
        return SignedBy(authority, now.AddDays(-1), now.AddDays(1), "1.3.6.1.5.5.7.3.2");
    }

    private static X509Certificate2 SignedBy(X509Certificate2 authority, DateTimeOffset from, DateTimeOffset until, string usage)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("O=demo-hospital, CN=demo-hospital-main", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        using var signer = authority.GetECDsaPrivateKey()!;
        using var issued = request.Create(authority.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), from, until, RandomNumberGenerator.GetBytes(12));
        return Reloaded(issued.CopyWithPrivateKey(key));
    }

    // TLS wants a key that the certificate came with.
    private static X509Certificate2 Reloaded(X509Certificate2 certificate)
    {
        using (certificate) return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
