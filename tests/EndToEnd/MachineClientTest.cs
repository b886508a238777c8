using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>A clinic's system fetches a token by a signed assertion, and reads with it what its scopes cover.</summary>
public sealed class MachineClientTest(RunningHub running) : IClassFixture<RunningHub>, IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly string keys = Path.GetTempFileName();

    private HubProcess Hub => running.Hub;

    public void Dispose()
    {
        key.Dispose();
        File.Delete(keys);
    }

    [Fact]
    public async Task A_registered_system_reads_within_its_scopes_until_its_tokens_are_revoked()
    {
        var q = key.ExportParameters(false).Q;
        await File.WriteAllTextAsync(keys, $$"""{"keys":[{"kty":"EC","crv":"P-384","kid":"1","x":"{{Text(q.X!)}}","y":"{{Text(q.Y!)}}"}]}""");
        var registered = await RunAsync("client", "register", "clinic-cms", "--jwks", keys, "--provider", "demo-clinic", "--scopes", "system/Organization.r");
        Assert.Contains("it reads no patient data until it is registered with --professional", registered, StringComparison.Ordinal);
        using var http = Hub.Anonymous();
        var endpoint = JsonNode.Parse(await http.GetStringAsync("/fhir/.well-known/smart-configuration"))!["token_endpoint"]!.GetValue<string>();

        var assertion = Assertion(endpoint);
        var (status, answer) = await AskAsync(http, endpoint, assertion);
        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
        Assert.Equal(("bearer", 300, "system/Organization.r"), (answer["token_type"]!.GetValue<string>(), answer["expires_in"]!.GetValue<int>(), answer["scope"]!.GetValue<string>()));
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), Error(await AskAsync(http, endpoint, assertion)));
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), Error(await AskAsync(http, endpoint, Assertion("https://elsewhere.example/oauth/token"))));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_scope"), Error(await AskAsync(http, endpoint, Assertion(endpoint), "system/*.cruds")));

        http.DefaultRequestHeaders.Authorization = new("Bearer", answer["access_token"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await ReadAsync(http, "/fhir/Organization/demo-clinic")).Status);
        foreach (var beyond in new[] { "/fhir/Organization?_id=demo-clinic", "/fhir/Practitioner/demo-doctor", "/fhir/Patient/0/$everything", "/api/flow", "/uploads/1" })
        {
            var (refused, body) = await ReadAsync(http, beyond);
            Assert.True(refused == HttpStatusCode.Forbidden && body.Contains("561", StringComparison.Ordinal), $"{beyond}: {refused} {body}");
        }

        await RunAsync("client", "revoke-tokens", "clinic-cms");
        var (ended, reason) = await ReadAsync(http, "/fhir/Organization/demo-clinic");
        Assert.Equal(HttpStatusCode.Unauthorized, ended);
        Assert.Contains("556", reason, StringComparison.Ordinal);
    }

    private string Assertion(string audience)
    {
        var now = TimeProvider.System.GetUtcNow();
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = "ES384", kid = "1", typ = "JWT" });
        var claims = JsonSerializer.SerializeToUtf8Bytes(new
        {
            iss = "clinic-cms", sub = "clinic-cms", aud = audience, jti = Guid.NewGuid().ToString("N"), exp = now.AddMinutes(4).ToUnixTimeSeconds(),
        });
        var signed = $"{Text(header)}.{Text(claims)}";
        return $"{signed}.{Text(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA384))}";
    }

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> AskAsync(HttpClient http, string endpoint, string assertion, string scope = "system/Organization.r")
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials", ["scope"] = scope, ["client_assertion"] = assertion,
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        });
        using var answer = await http.PostAsync(endpoint, form);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private static (HttpStatusCode Status, string Error) Error((HttpStatusCode Status, JsonNode Answer) answer) => (answer.Status, answer.Answer["error"]!.GetValue<string>());

    private static async Task<(HttpStatusCode Status, string Body)> ReadAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        var (exitCode, output, fault) = await Cli.RunAsync(Hub, arguments);
        Assert.True(exitCode == 0, output + fault);
        return output;
    }

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
