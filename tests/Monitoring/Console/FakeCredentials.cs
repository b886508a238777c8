using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>Remembers what would have been changed. One person can sign in: someone, with "right" and 123456.</summary>
public sealed class FakeCredentials :
    IProfessionals, ILocationCertificates, ICertificateAuthority, IPersonAccounts, IPersonSignIn, IPersonEnrolment, IMachineClients, IMachineTokens
{
    private static readonly LocationCertificate Certificate = new("AB", "01", "test-lab-1", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch);

    public List<string> Changes { get; } = [];

    /// <summary>Called before each change.</summary>
    public Action Changing { get; set; } = () => { };

    public string Pem => "-----BEGIN CERTIFICATE-----";

    IReadOnlyList<Professional> IProfessionals.All => [];

    IReadOnlyList<LocationCertificate> ILocationCertificates.All => [];

    IReadOnlyList<PersonAccount> IPersonAccounts.All =>
        [new("someone", Role.Operator, null, "stamp", PasswordHash: "HASH-OF-PASSWORD", CodeSecret: "SECRET-OF-CODES", InvitationHash: "HASH-OF-INVITATION")];

    IReadOnlyList<MachineClient> IMachineClients.All => [];

    Professional? IProfessionals.Get(string id) => id == Doctor.Id ? Doctor : null;

    PersonAccount? IPersonAccounts.Get(string name) => ((IPersonAccounts)this).All.FirstOrDefault(account => account.Name == name);

    MachineClient? IMachineClients.Get(string id) => null;

    public static Professional Doctor { get; } = new("dr-test", "TEST Doctor", "", Profession.MedicalPractitioner, "M00001");

    public List<Affiliation> Affiliations { get; } = [];

    public IReadOnlyList<Affiliation> AffiliationsOf(string professionalId) => [.. Affiliations.Where(each => each.ProfessionalId == professionalId).OrderBy(each => each.From)];

    public LocationCertificate? Find(string thumbprint) => thumbprint == Certificate.Thumbprint ? Certificate : null;

    /// <summary>The one location with a certificate.</summary>
    public string? Certified { get; set; }

    public IReadOnlyList<LocationCertificate> OfLocation(string serviceLocationId) => serviceLocationId == Certified ? [Certificate with { ServiceLocationId = serviceLocationId }] : [];

    public Task SaveAsync(Professional professional, CancellationToken cancellationToken) => Changed($"professional {professional.Id}");

    public Task SaveAsync(Affiliation affiliation, CancellationToken cancellationToken)
    {
        Affiliations.RemoveAll(each => (each.ProfessionalId, each.ProviderId, each.From) == (affiliation.ProfessionalId, affiliation.ProviderId, affiliation.From));
        Affiliations.Add(affiliation);
        return Changed($"affiliation {affiliation.ProfessionalId}");
    }

    public Task SaveAsync(LocationCertificate certificate, CancellationToken cancellationToken) => Changed($"certificate {certificate.Thumbprint}");

    public Task SaveAsync(MachineClient client, CancellationToken cancellationToken) => Changed($"client {client.Id}");

    public Task<bool> SaveAsync(PersonAccount account, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> UseAssertionAsync(string clientId, string id, DateTimeOffset until, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Result<IssuedCertificate>> IssueAsync(string serviceLocationId, string requestPem, TimeSpan? replacing, CancellationToken cancellationToken)
    {
        Change($"issue {serviceLocationId}", cancellationToken);
        return Task.FromResult<Result<IssuedCertificate>>(new IssuedCertificate(Certificate with { ServiceLocationId = serviceLocationId }, Pem, Pem));
    }

    public Task<Result<LocationCertificate>> RevokeAsync(string thumbprint, string reason, CancellationToken cancellationToken)
    {
        Change($"revoke {thumbprint}", cancellationToken);
        return Task.FromResult<Result<LocationCertificate>>(Certificate);
    }

    public byte[] RevocationList() => [];

    public Task<Result<SignedIn>> SignInAsync(SignInAttempt attempt, CancellationToken cancellationToken) => Task.FromResult<Result<SignedIn>>(
        attempt is { Name: "someone", Password: "right", Code: "123456" }
            ? new SignedIn("operator", new("someone", Role.Operator, null, null), DateTimeOffset.MaxValue)
            : new Rejection(RejectionCode.SignInRefused, "no"));

    public Task SignOutAsync(string token, AuditOrigin? origin, CancellationToken cancellationToken) => Changed($"sign-out {token}");

    public Task<Result<Invitation>> InviteAsync(string name, Role role, string? professionalId, CancellationToken cancellationToken)
    {
        Change($"invite {name}", cancellationToken);
        return Task.FromResult<Result<Invitation>>(new Invitation(name, "token", DateTimeOffset.MaxValue));
    }

    public Result<CodeEnrolment> Open(string invitation) => invitation == "someone:good"
        ? new CodeEnrolment("someone", "otpauth://totp/x?secret=AAAA", "AAAA")
        : new Rejection(RejectionCode.InvitationInvalid, "no");

    public Task<Result<string>> AcceptAsync(string invitation, string password, string code, CancellationToken cancellationToken)
    {
        Change($"accept {invitation}", cancellationToken);
        return Task.FromResult<Result<string>>("someone");
    }

    public Task<bool> SetActiveAsync(string name, bool active, CancellationToken cancellationToken)
    {
        Change($"{name} {active}", cancellationToken);
        return Task.FromResult(true);
    }

    public Task<Result<MachineToken>> IssueAsync(string assertion, string scopes, string audience, AuditOrigin? origin, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public string? ProblemOf(string scopes, string keySet) => null;

    private Task Changed(string what)
    {
        Change(what, CancellationToken.None);
        return Task.CompletedTask;
    }

    private void Change(string what, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Changing();
        Changes.Add(what);
    }
}
