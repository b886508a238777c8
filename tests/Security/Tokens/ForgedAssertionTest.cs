using System.Net;
using System.Security.Cryptography;
using EHealthPlus.Tests.Security.Attacking;

namespace EHealthPlus.Tests.Security.Tokens;

/// <summary>The token endpoint of a running hub gives nothing for an assertion that is forged, stale, meant for somebody else, or was used.</summary>
public sealed class ForgedAssertionTest(AttackedHub attacked) : IAsyncLifetime
{
    private const string Scope = "system/Organization.r";

    private readonly SigningClient client = new(attacked.Hub, $"forged-{Guid.NewGuid():N}"[..20]);

    public async ValueTask InitializeAsync() => await attacked.PostAsync("administrator", "/api/clients", client.Registration(Scope));

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task One_signed_by_another_key_or_by_none()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        var publicKey = client.Key.ExportSubjectPublicKeyInfo();
        var point = stranger.ExportParameters(false).Q;
        var own = new { kty = "EC", crv = "P-384", kid = "1", x = SigningClient.Text(point.X!), y = SigningClient.Text(point.Y!) };
        string[] forged =
        [
            client.Assertion(sign: bytes => stranger.SignData(bytes, HashAlgorithmName.SHA384)),
            client.Assertion(header: Header("none"), sign: _ => []),
            client.Assertion(header: Header("NONE"), sign: _ => [1]),
            client.Assertion(header: Header("HS384"), sign: bytes => HMACSHA384.HashData(publicKey, bytes)),
            client.Assertion(header: Header("HS256"), sign: bytes => HMACSHA256.HashData(publicKey, bytes)),
            client.Assertion(header: Header("RS384"), sign: bytes => rsa.SignData(bytes, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)),
            client.Assertion(header: Header("ES256"), sign: bytes => client.Key.SignData(bytes, HashAlgorithmName.SHA256)),
            client.Assertion(header: Header("ES384", ("jwk", own)), sign: bytes => stranger.SignData(bytes, HashAlgorithmName.SHA384)),
            client.Assertion(header: Header("ES384", ("jku", "https://127.0.0.1:1/keys")), sign: bytes => stranger.SignData(bytes, HashAlgorithmName.SHA384)),
            client.Assertion(header: Header("ES384", ("kid", "../../1"))),
            client.Assertion(sign: _ => new byte[96]),
            client.Assertion(sign: bytes => client.Key.SignData(bytes, HashAlgorithmName.SHA384)[..95]),
        ];

        foreach (var assertion in forged) Assert.Equal(HttpStatusCode.Unauthorized, (await client.AskAsync(assertion, Scope)).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.AskAsync(client.Assertion(), Scope)).Status);
    }

    [Theory]
    [InlineData("exp", -120)]
    [InlineData("exp", 3600)]
    [InlineData("nbf", 120)]
    [InlineData("iat", 120)]
    public async Task One_that_is_not_of_this_time(string claim, int seconds)
    {
        var claims = client.Claims();
        claims[claim] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds;

        var (status, said) = await client.AskAsync(client.Assertion(claims), Scope);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("563", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://elsewhere.example/oauth/token")]
    [InlineData("https://127.0.0.1/oauth/token")]
    [InlineData("")]
    public async Task One_for_another_server_whatever_host_the_request_names(string audience)
    {
        var claims = client.Claims();
        claims["aud"] = audience;
        using var http = attacked.Hub.Anonymous();
        http.DefaultRequestHeaders.Host = "127.0.0.1";

        var (status, said) = await client.AskAsync(client.Assertion(claims), Scope, http);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("565", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_used_also_when_many_send_it_at_once()
    {
        var assertion = client.Assertion();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => client.AskAsync(assertion, Scope)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => Assert.Contains("564", answer.Said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_in_the_name_of_another_client()
    {
        using var other = new SigningClient(attacked.Hub, $"other-{Guid.NewGuid():N}"[..20]);
        await attacked.PostAsync("administrator", "/api/clients", other.Registration("system/*.cruds"));
        foreach (var (issuer, subject) in new[] { (other.Id, other.Id), (client.Id, other.Id), (other.Id, client.Id) })
        {
            var claims = client.Claims();
            (claims["iss"], claims["sub"]) = (issuer, subject);

            Assert.Equal(HttpStatusCode.Unauthorized, (await client.AskAsync(client.Assertion(claims), Scope)).Status);
        }
    }

    private static Dictionary<string, object> Header(string algorithm, params (string Name, object Value)[] more)
    {
        var header = new Dictionary<string, object>(StringComparer.Ordinal) { ["alg"] = algorithm, ["kid"] = "1", ["typ"] = "JWT" };
        foreach (var (name, value) in more) header[name] = value;
        return header;
    }
}
