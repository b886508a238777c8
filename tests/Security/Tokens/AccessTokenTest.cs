using System.Net;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.Security.Attacking;

namespace EHealthPlus.Tests.Security.Tokens;

/// <summary>An access token is good for its scopes, in the Authorization header, as it was given, until it is revoked: and for nothing else.</summary>
public sealed class AccessTokenTest(AttackedHub attacked) : IAsyncLifetime
{
    private const string Organization = "/fhir/Organization/demo-clinic";
    private const string Scope = "system/Organization.r";

    private readonly SigningClient client = new(attacked.Hub, $"access-{Guid.NewGuid():N}"[..20]);
    private string token = "";

    public async ValueTask InitializeAsync()
    {
        await attacked.PostAsync("administrator", "/api/clients", client.Registration(Scope));
        token = await client.TokenAsync(Scope);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_token_that_was_changed_anywhere_is_not_known()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Organization, token));
        for (var at = 0; at < token.Length; at += 7)
        {
            var changed = token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Organization, changed));
        }

        foreach (var made in new[] { token[..^1], token + "A", token[1..], "x", new string('A', 4000), "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbmlzdHJhdG9yIn0." })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Organization, made));
        }
    }

    [Fact]
    public async Task A_token_of_another_hub_is_not_known_here()
    {
        await using var elsewhere = new HubProcess(extra: new Dictionary<string, string>(StringComparer.Ordinal) { ["Hub__HttpTls__Enabled"] = "true" });
        await elsewhere.StartAsync();
        using var same = new SigningClient(elsewhere, client.Id);
        using (var administrator = elsewhere.Http("administrator"))
        using (var registered = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(administrator, "/api/clients", same.Registration(Scope), TestContext.Current.CancellationToken))
            Assert.True(registered.IsSuccessStatusCode);
        var foreign = await same.TokenAsync(Scope);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Organization, foreign));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/api/flow", elsewhere.Token("administrator")));
    }

    [Theory]
    [InlineData("/fhir/Organization/demo-clinic?access_token={0}")]
    [InlineData("/fhir/Organization/demo-clinic?token={0}&authorization=Bearer%20{0}")]
    [InlineData("/fhir/Organization/demo-clinic#{0}")]
    public async Task A_token_in_an_address_counts_for_nothing(string address)
    {
        using var http = attacked.Hub.Anonymous();
        using var answer = await http.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, token), TestContext.Current.CancellationToken);

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest });
    }

    [Theory]
    [InlineData("Basic {0}")]
    [InlineData("{0}")]
    [InlineData("Bearer")]
    [InlineData("Bearer {0}, Bearer {0}")]
    [InlineData("Bearer {0} {0}")]
    [InlineData("Token {0}")]
    public async Task A_token_under_another_scheme_counts_for_nothing(string header)
    {
        using var http = attacked.Hub.Anonymous();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", string.Format(System.Globalization.CultureInfo.InvariantCulture, header, token));
        using var answer = await http.GetAsync(Organization, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Scopes_cover_one_interaction_and_nothing_else_of_the_hub()
    {
        var open = new[] { "/sign-in", "/sign-out", "/invitation", "/preferences", "/api/sign-in", "/api/sign-out", "/api/invitations/", "/oauth/", "/health/", "/metrics", "/assets/", "/certificates/", "/fhir/metadata", "/.well-known", "/fhir/.well-known" };
        using var http = attacked.Program(token);
        foreach (var route in HubRoute.All.Where(route => !open.Any(path => route.Template.StartsWith(path, StringComparison.Ordinal))))
        {
            using var body = route.Changes ? new StringContent("{}") : null;
            var answer = await Judged.AskAsync(http, route.Method, route.Harmless(), body);

            // A page sends whoever is not signed in to the sign-in page.
            var refused = answer.Status is 401 or 403 or 404 or 405 || (answer.Status == 302 && answer.Headers["Location"].StartsWith("/sign-in", StringComparison.Ordinal));
            Assert.True(refused, $"{route}: {answer.Status} {answer.Body}");
        }
    }

    [Theory]
    [InlineData("system/*.cruds")]
    [InlineData("system/Organization.rs")]
    [InlineData("system/Patient.r")]
    [InlineData("user/Organization.r")]
    [InlineData("ehealthplus/upload")]
    [InlineData("system/Organization.r?x=1")]
    [InlineData("system/Organization.r\u0000system/*.cruds")]
    public async Task A_scope_that_is_wider_than_the_registered_one_is_not_given(string wider)
    {
        var (status, said) = await client.AskAsync(client.Assertion(), wider);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Matches("^56[89] ", said);
    }

    [Fact]
    public async Task What_is_included_in_an_answer_is_within_the_scopes_too()
    {
        // A hospital's system that somebody answers for, of whose hospital the citizen is a patient: it may see the record.
        var person = await attacked.EnrolAsync(110);
        await CitizenRecord.ShareAsync(attacked.Hub, 110, "demo-hospital");
        await attacked.SendAsync(Messages.Admit(110, "SCOPE110A"));
        await attacked.SendAsync(Messages.Result(110, "SCOPE110", "SCOPE110", enhanced: false));
        await attacked.PostAsync("administrator", "/api/professionals", new { id = "answers-110", name = "TEST Doctor", profession = "medical-practitioner", registrationNumber = "M00110" });
        await attacked.PostAsync("administrator", "/api/affiliations", new { professionalId = "answers-110", providerId = "demo-hospital" });
        using var machine = new SigningClient(attacked.Hub, $"narrow-{Guid.NewGuid():N}"[..20]);
        await attacked.PostAsync("administrator", "/api/clients", machine.Registration("system/*.rs", provider: "demo-hospital", professional: "answers-110"));

        Assert.Equal(["DiagnosticReport", "Observation", "Patient"], await TypesAsync("system/*.rs"));
        Assert.Equal(["Observation"], await TypesAsync("system/Observation.rs"));

        async Task<IEnumerable<string>> TypesAsync(string scope)
        {
            using var http = attacked.Program(await machine.TokenAsync(scope));
            var answer = await Judged.AskAsync(http, "GET", $"/fhir/Observation?patient={person}&_include=Observation:subject&_revinclude=DiagnosticReport:result");
            Assert.True(answer.Status == 200, answer.Body);
            return JsonNode.Parse(answer.Body)!["entry"]!.AsArray().Select(entry => entry!["resource"]!["resourceType"]!.GetValue<string>()).Distinct().Order(StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task A_revoked_token_and_one_of_a_suspended_client_end_at_the_next_request()
    {
        await attacked.PostAsync("administrator", $"/api/clients/{client.Id}/revoke-tokens", new { });
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Organization, token));

        var next = await client.TokenAsync(Scope);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Organization, next));
        await attacked.PostAsync("administrator", $"/api/clients/{client.Id}/suspend", new { });
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Organization, next));
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string bearer)
    {
        using var http = attacked.Program(bearer);
        using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
