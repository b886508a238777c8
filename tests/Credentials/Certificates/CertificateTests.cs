using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Tls;
using EHealthPlus.Routing.Credentials.Certificates;

namespace EHealthPlus.Tests.Credentials.Certificates;

public sealed class CertificateTests(HubUnderTest hub) : IClassFixture<HubUnderTest>
{
    private ICertificateAuthority Authority => hub.Get<ICertificateAuthority>();

    private ICertificateCheck Check => hub.Get<ICertificateCheck>();

    [Fact]
    public async Task A_location_gets_a_certificate_for_its_own_key_from_the_authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issued = (await IssueAsync(HubUnderTest.Ward.Id, key)).Value;

        using var certificate = X509Certificate2.CreateFromPem(issued.Pem);
        using var root = X509Certificate2.CreateFromPem(issued.AuthorityPem);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = hub.Clock.Now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        Assert.True(chain.Build(certificate), string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.Equal("O=synthetic-hospital, CN=ward", certificate.Subject);
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), certificate.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal(certificate.GetCertHashString(HashAlgorithmName.SHA256), issued.Certificate.Thumbprint);
        Assert.Null(Check.RefusalFor(HubUnderTest.Ward.Id, issued.Certificate.Thumbprint.ToLowerInvariant()));
    }

    [Fact]
    public async Task Each_wrong_certificate_is_refused_with_its_own_reason()
    {
        var (ward, room) = (await RegisterAsync("lab-a"), await RegisterAsync("lab-b"));
        var own = (await IssueAsync(ward)).Value.Certificate;
        var other = (await IssueAsync(room)).Value.Certificate;

        Assert.Equal(RejectionCode.CertificateMissing, Check.RefusalFor(ward, null)!.Code);
        Assert.Equal(RejectionCode.CertificateUnknown, Check.RefusalFor(ward, new string('A', 64))!.Code);
        Assert.Equal(RejectionCode.CertificateOfAnotherLocation, Check.RefusalFor(ward, other.Thumbprint)!.Code);
        await Authority.RevokeAsync(own.Thumbprint, "key lost", HubUnderTest.Cancel);
        Assert.Equal(RejectionCode.CertificateRevoked, Check.RefusalFor(ward, own.Thumbprint)!.Code);
        hub.Clock.Now = other.NotAfter;
        Assert.Equal(RejectionCode.CertificateExpired, Check.RefusalFor(room, other.Thumbprint)!.Code);
        Assert.Equal(RejectionCode.CertificateExpired, Check.LocationOf(other.Thumbprint).Rejection!.Code);
    }

    [Fact]
    public async Task A_location_without_a_certificate_needs_none_and_may_not_use_anothers()
    {
        var (bare, owner) = (await RegisterAsync("bare"), await RegisterAsync("owner"));
        var foreign = (await IssueAsync(owner)).Value.Certificate;

        Assert.Null(Check.RefusalFor(bare, null));
        Assert.Equal(RejectionCode.CertificateOfAnotherLocation, Check.RefusalFor(bare, foreign.Thumbprint)!.Code);
    }

    [Fact]
    public async Task A_new_certificate_takes_over_after_the_overlap()
    {
        var location = await RegisterAsync("rotating");
        var older = (await IssueAsync(location)).Value.Certificate.Thumbprint;
        hub.Clock.Now += TimeSpan.FromMinutes(1);
        var newer = (await IssueAsync(location, replacing: TimeSpan.FromDays(7))).Value.Certificate.Thumbprint;

        Assert.Null(Check.RefusalFor(location, older));
        Assert.Null(Check.RefusalFor(location, newer));
        hub.Clock.Now += TimeSpan.FromDays(7);
        Assert.Equal(RejectionCode.CertificateRevoked, Check.RefusalFor(location, older)!.Code);
        Assert.Null(Check.RefusalFor(location, newer));
    }

    [Fact]
    public async Task What_was_issued_and_revoked_is_known_after_a_restart_and_the_authority_is_the_same()
    {
        var location = await RegisterAsync("lasting");
        var held = (await IssueAsync(location)).Value.Certificate.Thumbprint;
        var revoked = (await IssueAsync(location)).Value.Certificate.Thumbprint;
        await Authority.RevokeAsync(revoked, "test", HubUnderTest.Cancel);
        var authority = Authority.Pem;

        await hub.RestartAsync();

        Assert.Null(Check.RefusalFor(location, held));
        Assert.Equal(RejectionCode.CertificateRevoked, Check.RefusalFor(location, revoked)!.Code);
        Assert.Equal(RejectionCode.CertificateMissing, Check.RefusalFor(location, null)!.Code);
        Assert.Equal(authority, Authority.Pem);
    }

    [Fact]
    public async Task A_request_that_proves_no_fit_key_is_refused()
    {
        using var weak = RSA.Create(1024);
        using var good = RSA.Create(2048);
        var weakRequest = new CertificateRequest("CN=x", weak, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem();
        var goodRequest = new CertificateRequest("CN=x", good, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var forged = goodRequest.CreateSigningRequest();
        forged[^5] ^= 1;

        Assert.Equal(RejectionCode.BodyInvalid, (await Authority.IssueAsync(HubUnderTest.Ward.Id, weakRequest, null, HubUnderTest.Cancel)).Rejection!.Code);
        Assert.Equal(RejectionCode.BodyInvalid, (await Authority.IssueAsync(HubUnderTest.Ward.Id, PemEncoding.WriteString("CERTIFICATE REQUEST", forged), null, HubUnderTest.Cancel)).Rejection!.Code);
        Assert.Equal(RejectionCode.BodyInvalid, (await Authority.IssueAsync(HubUnderTest.Ward.Id, "no request", null, HubUnderTest.Cancel)).Rejection!.Code);
        Assert.Equal(RejectionCode.ResourceNotFound, (await Authority.IssueAsync("nowhere", goodRequest.CreateSigningRequestPem(), null, HubUnderTest.Cancel)).Rejection!.Code);
        Assert.True((await Authority.IssueAsync(HubUnderTest.Ward.Id, goodRequest.CreateSigningRequestPem(), null, HubUnderTest.Cancel)).Accepted);
    }

    [Fact]
    public async Task The_revocation_list_names_what_is_revoked()
    {
        var location = await RegisterAsync("listed");
        var revoked = (await IssueAsync(location)).Value.Certificate;
        var held = (await IssueAsync(location)).Value.Certificate;
        await Authority.RevokeAsync(revoked.Thumbprint, "test", HubUnderTest.Cancel);

        var list = CertificateRevocationListBuilder.Load(Authority.RevocationList(), out _);

        Assert.True(list.RemoveEntry(Convert.FromHexString(revoked.SerialNumber)));
        Assert.False(list.RemoveEntry(Convert.FromHexString(held.SerialNumber)));
    }

    [Fact]
    public void The_keys_are_for_their_owner_only()
    {
        if (OperatingSystem.IsWindows()) return;
        _ = Authority.Pem;
        _ = hub.Get<ServerCertificate>().Current;

        foreach (var name in new[] { "authority.key", "server.key" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(hub.Folder, "authority", name)));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(hub.Folder, "keys")));
    }

    [Fact]
    public async Task The_hubs_own_certificate_is_kept_renewed_in_time_and_made_anew_for_other_names()
    {
        var first = hub.Get<ServerCertificate>().Current;
        Assert.True(first.MatchesHostname("localhost") && first.MatchesHostname("127.0.0.1"));
        await hub.RestartAsync();
        Assert.Equal(first.Thumbprint, hub.Get<ServerCertificate>().Current.Thumbprint);

        hub.Clock.Now += TimeSpan.FromDays(61);
        var renewed = hub.Get<ServerCertificate>().Current;
        Assert.NotEqual(first.Thumbprint, renewed.Thumbprint);
        Assert.True(renewed.NotAfter.ToUniversalTime() > first.NotAfter.ToUniversalTime());

        hub.ServerNames.Add("hub.example");
        await hub.RestartAsync();
        Assert.True(hub.Get<ServerCertificate>().Current.MatchesHostname("hub.example"));
    }

    [Fact]
    public void The_hubs_own_certificate_is_for_its_ports_and_for_what_it_calls() =>
        Assert.Equal(
            ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"],
            hub.Get<ServerCertificate>().Current.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(purpose => purpose.Value));

    [Fact]
    public async Task A_source_is_called_in_plain_only_where_it_calls_in_plain_and_is_believed_with_its_locations_certificate_alone()
    {
        var (place, elsewhere) = (await RegisterAsync("pacs-a"), await RegisterAsync("pacs-b"));
        var source = new Source("pacs", HubUnderTest.Ward.ProviderId, place, "PACS", "A");
        var own = hub.Get<ServerCertificate>().Current;
        var port = new ListenerTls { Certificate = own, KnowsClient = _ => true };
        Assert.Null(new SourceTls(null, Check).ForCallTo(source));
        var call = new SourceTls(port, Check).ForCallTo(source)!;
        Assert.Same(own, call.Certificate);

        using var first = await CertificateOfAsync(place);
        using var other = await CertificateOfAsync(elsewhere);
        Assert.True(Believes(call, first));
        Assert.False(Believes(call, other));
        // The hub's own is of its authority too, and of no location.
        Assert.False(Believes(call, own));
        var bound = new SourceTls(port, Check).ForCallTo(source with { CertificateThumbprint = other.GetCertHashString(HashAlgorithmName.SHA256) })!;
        Assert.False(Believes(bound, first));
        await Authority.RevokeAsync(first.GetCertHashString(HashAlgorithmName.SHA256), "key lost", HubUnderTest.Cancel);
        Assert.False(Believes(call, first));

        // A port with other authorities: the certificate that the source is bound to, else one of theirs with the name of the host.
        var foreign = new SourceTls(port with { KnowsClient = null, ClientAuthorities = [other] }, Check);
        Assert.Equal([other], foreign.ForCallTo(source)!.Authorities);
        Assert.Null(foreign.ForCallTo(source)!.Knows);
        Assert.True(Believes(foreign.ForCallTo(source with { CertificateThumbprint = other.GetCertHashString(HashAlgorithmName.SHA256) })!, other));
    }

    private static bool Believes(CallerTls call, X509Certificate2 shown) => call.Negotiation("pacs.example").RemoteCertificateValidationCallback!(call, shown, null, System.Net.Security.SslPolicyErrors.RemoteCertificateNameMismatch);

    private async Task<X509Certificate2> CertificateOfAsync(string location) => X509Certificate2.CreateFromPem((await IssueAsync(location)).Value.Pem);

    private async Task<string> RegisterAsync(string id)
    {
        await hub.Get<IRegistry>().SaveAsync(HubUnderTest.Ward with { Id = id }, HubUnderTest.Cancel);
        return id;
    }

    private async Task<Result<IssuedCertificate>> IssueAsync(string location, ECDsa? key = null, TimeSpan? replacing = null)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=anything", key ?? own, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        return await Authority.IssueAsync(location, request, replacing, HubUnderTest.Cancel);
    }
}
