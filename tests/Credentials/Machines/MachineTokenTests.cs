using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Credentials.Tickets;

namespace EHealthPlus.Tests.Credentials.Machines;

public sealed class MachineTokenTests(HubUnderTest hub) : IClassFixture<HubUnderTest>, IAsyncLifetime
{
    private const string Id = "synthetic-cms";

    private static readonly MachineClient Client = new(
        Id, "Synthetic CMS", Role.Clinician, HubUnderTest.Clinic.Id, null, null, "system/Observation.rs system/Patient.r ehealthplus/upload", SignedAssertion.KeySet, "one");

    private Dictionary<string, object> Claims => SignedAssertion.Claims(Id, hub.Clock.Now);

    public async ValueTask InitializeAsync() => await hub.Get<IMachineClients>().SaveAsync(Client, HubUnderTest.Cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_signed_assertion_gets_a_token_for_five_minutes(bool elliptic)
    {
        var issued = (await IssueAsync(elliptic ? SignedAssertion.Es384(Claims) : SignedAssertion.Rs384(Claims))).Value;

        Assert.Equal("system/Observation.rs", issued.Scopes);
        var bearer = hub.Check(issued.Token).Value;
        Assert.Equal(new AccessPrincipal(Id, Role.Clinician, HubUnderTest.Clinic.Id, null, Unattended: true), bearer.Principal);
        Assert.Equal(["system/Observation.rs"], bearer.Scopes);
        hub.Clock.Now += TimeSpan.FromMinutes(5);
        Assert.Equal(RejectionCode.TokenExpired, hub.Check(issued.Token).Rejection!.Code);
    }

    [Fact]
    public async Task A_client_that_somebody_answers_for_has_their_profession_until_they_leave()
    {
        var left = new Affiliation(HubUnderTest.Doctor.Id, HubUnderTest.Clinic.Id, hub.Clock.Now.AddDays(-9));
        await hub.Get<IProfessionals>().SaveAsync(left, HubUnderTest.Cancel);
        await hub.Get<IMachineClients>().SaveAsync(Client with { ProfessionalId = HubUnderTest.Doctor.Id }, HubUnderTest.Cancel);
        await hub.RestartAsync();
        var token = (await IssueAsync(SignedAssertion.Es384(Claims))).Value.Token;
        var principal = hub.Check(token).Value.Principal;
        Assert.Equal((HubUnderTest.Doctor.Id, Profession.MedicalPractitioner, true), (principal.ProfessionalId, principal.Profession, principal.Unattended));
        Assert.Equal(principal with { Origin = null }, AccessPrincipal.From(new(principal.ToIdentity("test"))));

        await hub.Get<IProfessionals>().SaveAsync(left with { Until = hub.Clock.Now }, HubUnderTest.Cancel);
        Assert.Equal(RejectionCode.AffiliationEnded, hub.Check(token).Rejection!.Code);
        Assert.Equal((Id, Role.Clinician, HubUnderTest.Clinic.Id), hub.Get<TicketCheck>().GivenTo(token) is { } bearer ? (bearer.Name, bearer.Role, bearer.ProviderId) : default);
        Assert.Null(hub.Get<TicketCheck>().GivenTo("unknown"));
    }

    [Fact]
    public async Task What_the_registered_key_did_not_sign_is_refused()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var good = SignedAssertion.Es384(Claims).Split('.');
        var others = Claims;
        others["sub"] = others["iss"] = "another";
        string[] forged =
        [
            SignedAssertion.Es384(Claims, stranger),
            SignedAssertion.Es384(Claims, keyId: "unknown"),
            $"{good[0]}.{SignedAssertion.Es384(Claims).Split('.')[1]}.{good[2]}",
            SignedAssertion.Es384(others),
        ];

        foreach (var each in forged) Assert.Equal(RejectionCode.ClientUnknown, (await IssueAsync(each)).Rejection!.Code);
    }

    [Fact]
    public async Task An_algorithm_that_is_not_the_keys_own_is_refused()
    {
        var publicKey = Encoding.ASCII.GetBytes(SignedAssertion.Rsa.ExportSubjectPublicKeyInfoPem());
        string[] confused =
        [
            SignedAssertion.Compact("none", "ec", Claims, _ => [1]),
            SignedAssertion.Compact("None", "rsa", Claims, _ => [1]),
            SignedAssertion.Compact("HS384", "rsa", Claims, signed => HMACSHA384.HashData(publicKey, signed)),
            SignedAssertion.Compact("HS256", "rsa", Claims, signed => HMACSHA256.HashData(SignedAssertion.Rsa.ExportSubjectPublicKeyInfo(), signed)),
            SignedAssertion.Rs384(Claims, keyId: "ec"),
            SignedAssertion.Rs384(Claims, algorithm: "RS256"),
            SignedAssertion.Es384(Claims, algorithm: "RS384", keyId: "rsa"),
            SignedAssertion.Compact("ES384", "ec", Claims, _ => new byte[96]),
            SignedAssertion.Compact("ES384", "ec", Claims, signed => SignedAssertion.Elliptic.SignData(signed, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence)),
        ];

        foreach (var each in confused) Assert.Equal(RejectionCode.ClientUnknown, (await IssueAsync(each)).Rejection!.Code);
        Assert.Equal(RejectionCode.AssertionInvalid, (await IssueAsync(SignedAssertion.Compact("none", "ec", Claims, _ => []))).Rejection!.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.e30")]
    [InlineData("bnVsbA.bnVsbA.AAAA")]
    [InlineData("W10.W10.AAAA")]
    [InlineData("eyJhbGciOjF9.eyJpc3MiOltdfQ.AAAA")]
    public async Task What_is_no_assertion_is_refused(string text) => Assert.Equal(RejectionCode.AssertionInvalid, (await IssueAsync(text)).Rejection!.Code);

    [Theory]
    [InlineData("exp", -1, RejectionCode.AssertionExpired)]
    [InlineData("exp", 0, RejectionCode.AssertionExpired)]
    [InlineData("exp", 330, RejectionCode.AssertionExpired)]
    [InlineData("exp", 1e300, RejectionCode.AssertionInvalid)]
    [InlineData("nbf", 60, RejectionCode.AssertionExpired)]
    [InlineData("iat", 60, RejectionCode.AssertionExpired)]
    public async Task Outside_its_time_it_is_refused(string claim, double seconds, RejectionCode refusal)
    {
        var claims = Claims;
        claims[claim] = hub.Clock.Now.ToUnixTimeSeconds() + seconds;

        Assert.Equal(refusal, (await IssueAsync(SignedAssertion.Es384(claims))).Rejection!.Code);
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("jti")]
    [InlineData("exp")]
    public async Task Each_claim_is_needed(string claim)
    {
        var claims = Claims;
        claims.Remove(claim);

        Assert.Equal(RejectionCode.AssertionInvalid, (await IssueAsync(SignedAssertion.Es384(claims))).Rejection!.Code);
    }

    [Fact]
    public async Task One_for_another_server_is_refused_and_one_for_several_is_taken()
    {
        var claims = Claims;
        claims["aud"] = "https://elsewhere.example/oauth/token";
        Assert.Equal(RejectionCode.AssertionAudienceWrong, (await IssueAsync(SignedAssertion.Es384(claims))).Rejection!.Code);
        claims.Remove("aud");
        Assert.Equal(RejectionCode.AssertionAudienceWrong, (await IssueAsync(SignedAssertion.Es384(claims))).Rejection!.Code);
        claims["aud"] = new[] { "https://elsewhere.example", SignedAssertion.Endpoint };
        Assert.True((await IssueAsync(SignedAssertion.Es384(claims))).Accepted);
    }

    [Fact]
    public async Task An_assertion_is_taken_once_also_after_a_restart_and_by_several_at_once()
    {
        var assertion = SignedAssertion.Es384(Claims);
        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => IssueAsync(assertion))));
        Assert.Single(tries, each => each.Accepted);
        Assert.All(tries.Where(each => !each.Accepted), each => Assert.Equal(RejectionCode.AssertionReplayed, each.Rejection!.Code));

        await hub.RestartAsync();
        Assert.Equal(RejectionCode.AssertionReplayed, (await IssueAsync(assertion)).Rejection!.Code);
    }

    [Theory]
    [InlineData("system/Patient.r system/Observation.rs", "system/Patient.r system/Observation.rs")]
    [InlineData("system/Observation.r", "system/Observation.r")]
    [InlineData("system/Observation.r system/Consent.r", "system/Observation.r")]
    [InlineData("ehealthplus/upload system/Observation.s", "ehealthplus/upload system/Observation.s")]
    [InlineData("system/*.rs", null)]
    [InlineData("system/Patient.rs", null)]
    [InlineData("system/Observation.cruds", null)]
    [InlineData("user/Observation.rs", null)]
    [InlineData("system/Observation.sr", null)]
    [InlineData("system/Observation.rs?patient=1", null)]
    [InlineData("", null)]
    public async Task Only_scopes_that_are_registered_are_given(string asked, string? granted)
    {
        var issued = await IssueAsync(SignedAssertion.Es384(Claims), asked);

        if (granted is null) Assert.Equal(RejectionCode.ScopeNotGranted, issued.Rejection!.Code);
        else Assert.Equal(granted, issued.Value.Scopes);
    }

    [Fact]
    public async Task Tokens_end_when_they_are_revoked_or_the_client_is_suspended()
    {
        var token = (await IssueAsync(SignedAssertion.Es384(Claims))).Value.Token;
        await hub.Get<IMachineClients>().SaveAsync(Client with { Stamp = "two" }, HubUnderTest.Cancel);
        Assert.Equal(RejectionCode.SessionEnded, hub.Check(token).Rejection!.Code);

        await hub.Get<IMachineClients>().SaveAsync(Client with { Active = false }, HubUnderTest.Cancel);
        Assert.Equal(RejectionCode.ClientSuspended, hub.Check(token).Rejection!.Code);
        Assert.Equal(RejectionCode.ClientSuspended, (await IssueAsync(SignedAssertion.Es384(Claims))).Rejection!.Code);
    }

    [Fact]
    public async Task A_client_of_a_location_with_a_certificate_comes_with_it()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=x", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        var certificate = (await hub.Get<ICertificateAuthority>().IssueAsync(HubUnderTest.Room.Id, request, null, HubUnderTest.Cancel)).Value.Certificate;
        await hub.Get<IMachineClients>().SaveAsync(Client with { ServiceLocationId = HubUnderTest.Room.Id }, HubUnderTest.Cancel);

        Assert.Equal(RejectionCode.CertificateMissing, (await IssueAsync(SignedAssertion.Es384(Claims))).Rejection!.Code);
        Assert.True((await IssueAsync(SignedAssertion.Es384(Claims), certificate: certificate.Thumbprint)).Accepted);
    }

    [Fact]
    public async Task The_trail_has_each_try_and_no_name_that_a_stranger_made_up()
    {
        var claims = Claims;
        claims["iss"] = claims["sub"] = "made-up-name";
        await IssueAsync(SignedAssertion.Es384(claims));
        await IssueAsync(SignedAssertion.Es384(Claims));

        var trail = await hub.AuditAsync();
        Assert.Equal((AuditAction.SignIn, Id, "signed assertion: system/Observation.rs"), (trail[0].Action, trail[0].Actor, trail[0].Reason));
        Assert.Equal((AuditAction.SignInRefused, "unknown", "client"), (trail[1].Action, trail[1].Actor, trail[1].Target));
    }

    [Fact]
    public void Keys_and_scopes_that_cannot_be_used_are_not_registered()
    {
        var tokens = hub.Get<IMachineTokens>();
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var small = p256.ExportParameters(false).Q;
        string[] unfit =
        [
            "no json", "{}", """{"keys":[]}""", """{"keys":[{"kty":"oct","kid":"1","k":"AAAA"}]}""",
            $$"""{"keys":[{"kty":"EC","crv":"P-256","kid":"1","x":"{{SignedAssertion.Text(small.X!)}}","y":"{{SignedAssertion.Text(small.Y!)}}"}]}""",
            SignedAssertion.KeySet.Replace("\"kid\":\"ec\"", "\"kid\":\"ec\",\"d\":\"AAAA\"", StringComparison.Ordinal),
            SignedAssertion.KeySet.Replace("\"kid\":\"ec\",", "", StringComparison.Ordinal),
            SignedAssertion.KeySet.Replace("ES384", "HS384", StringComparison.Ordinal),
        ];

        Assert.All(unfit, keySet => Assert.NotNull(tokens.ProblemOf("system/Patient.r", keySet)));
        Assert.NotNull(tokens.ProblemOf("", SignedAssertion.KeySet));
        Assert.NotNull(tokens.ProblemOf("system/Patient.r patient/*.rs", SignedAssertion.KeySet));
        Assert.Null(tokens.ProblemOf("system/Patient.r ehealthplus/upload", SignedAssertion.KeySet));
    }

    private Task<Result<MachineToken>> IssueAsync(string assertion, string scopes = "system/Observation.rs", string? certificate = null) =>
        hub.Get<IMachineTokens>().IssueAsync(assertion, scopes, SignedAssertion.Endpoint, new AuditOrigin("192.0.2.8", null, certificate), HubUnderTest.Cancel);
}
