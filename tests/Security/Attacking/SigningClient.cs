using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EHealthPlus.Tests.Security.Attacking;

/// <summary>A machine client with its key, that can sign what it should not.</summary>
internal sealed class SigningClient(HubProcess hub, string id) : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

    public string Id => id;

    public string Endpoint => $"https://127.0.0.1:{hub.HttpPort}/oauth/token";

    public ECDsa Key => key;

    /// <summary>What an administrator registers it with, as the body of POST /api/clients.</summary>
    public object Registration(string scopes, string role = "clinician", string? provider = "demo-clinic", string? location = null, string? source = null, string? professional = null)
    {
        var q = key.ExportParameters(false).Q;
        return new
        {
            id, name = id, role, providerId = provider, serviceLocationId = location, sourceId = source, professionalId = professional, scopes,
            keySet = new { keys = new[] { new { kty = "EC", crv = "P-384", kid = "1", x = Text(q.X!), y = Text(q.Y!) } } },
        };
    }

    /// <summary>The claims of a good assertion, to be changed.</summary>
    public Dictionary<string, object> Claims()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new(StringComparer.Ordinal)
        {
            ["iss"] = id, ["sub"] = id, ["aud"] = Endpoint, ["jti"] = Guid.NewGuid().ToString("N"), ["iat"] = now.AddSeconds(-5).ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(4).ToUnixTimeSeconds(),
        };
    }

    public string Assertion(Dictionary<string, object>? claims = null, Dictionary<string, object>? header = null, Func<byte[], byte[]>? sign = null)
    {
        header ??= new(StringComparer.Ordinal) { ["alg"] = "ES384", ["kid"] = "1", ["typ"] = "JWT" };
        var signed = $"{Text(JsonSerializer.SerializeToUtf8Bytes(header))}.{Text(JsonSerializer.SerializeToUtf8Bytes(claims ?? Claims()))}";
        sign ??= bytes => key.SignData(bytes, HashAlgorithmName.SHA384);
        return $"{signed}.{Text(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <returns>The status and, where it was given, the token; the error of RFC 6749 otherwise.</returns>
    public async Task<(HttpStatusCode Status, string Said)> AskAsync(string assertion, string scope, HttpClient? through = null)
    {
        using var own = through is null ? hub.Anonymous() : null;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials", ["scope"] = scope, ["client_assertion"] = assertion,
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        });
        using var answer = await (through ?? own!).PostAsync("/oauth/token", form);
        var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return (answer.StatusCode, (said["access_token"] ?? said["error_description"])!.GetValue<string>());
    }

    public async Task<string> TokenAsync(string scope, HttpClient? through = null)
    {
        var (status, said) = await AskAsync(Assertion(), scope, through);
        Assert.True(status == HttpStatusCode.OK, said);
        return said;
    }

    public void Dispose() => key.Dispose();

    public static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
