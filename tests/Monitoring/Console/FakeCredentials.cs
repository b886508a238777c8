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
    public List<string> Changes { get; } = [];

    public string Pem => "-----BEGIN CERTIFICATE-----";

    IReadOnlyList<Professional> IProfessionals.All => [];

    IReadOnlyList<LocationCertificate> ILocationCertificates.All => [];

    IReadOnlyList<PersonAccount> IPersonAccounts.All =>
        [new("someone", Role.Operator, null, "stamp", PasswordHash: "HASH-OF-PASSWORD", CodeSecret: "SECRET-OF-CODES", InvitationHash: "HASH-OF-INVITATION")];

    IReadOnlyList<MachineClient> IMachineClients.All => [];

    Professional? IProfessionals.Get(string id) => null;

    PersonAccount? IPersonAccounts.Get(string name) => null;

    MachineClient? IMachineClients.Get(string id) => null;

    public IReadOnlyList<Affiliation> AffiliationsOf(string professionalId) => [];

    public LocationCertificate? Find(string thumbprint) => null;

    public IReadOnlyList<LocationCertificate> OfLocation(string serviceLocationId) => [];

    public Task SaveAsync(Professional professional, CancellationToken cancellationToken) => Changed($"professional {professional.Id}");

    public Task SaveAsync(Affiliation affiliation, CancellationToken cancellationToken) => Changed($"affiliation {affiliation.ProfessionalId}");

    public Task SaveAsync(LocationCertificate certificate, CancellationToken cancellationToken) => Changed($"certificate {certificate.Thumbprint}");

    public Task SaveAsync(MachineClient client, CancellationToken cancellationToken) => Changed($"client {client.Id}");

    public Task<bool> SaveAsync(PersonAccount account, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> UseAssertionAsync(string clientId, string id, DateTimeOffset until, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Result<IssuedCertificate>> IssueAsync(string serviceLocationId, string requestPem, TimeSpan? replacing, CancellationToken cancellationToken)
    {
        Changes.Add($"issue {serviceLocationId}");
        return Task.FromResult<Result<IssuedCertificate>>(new Rejection(RejectionCode.BodyInvalid, "fake"));
    }

    public Task<Result<LocationCertificate>> RevokeAsync(string thumbprint, string reason, CancellationToken cancellationToken)
    {
        Changes.Add($"revoke {thumbprint}");
        return Task.FromResult<Result<LocationCertificate>>(new Rejection(RejectionCode.ResourceNotFound, "fake"));
    }

    public byte[] RevocationList() => [];

    public Task<Result<SignedIn>> SignInAsync(SignInAttempt attempt, CancellationToken cancellationToken) => Task.FromResult<Result<SignedIn>>(
        attempt is { Name: "someone", Password: "right", Code: "123456" }
            ? new SignedIn("operator", new("someone", Role.Operator, null, null), DateTimeOffset.MaxValue)
            : new Rejection(RejectionCode.SignInRefused, "no"));

    public Task SignOutAsync(string token, AuditOrigin? origin, CancellationToken cancellationToken) => Changed($"sign-out {token}");

    public Task<Result<Invitation>> InviteAsync(string name, Role role, string? professionalId, CancellationToken cancellationToken)
    {
        Changes.Add($"invite {name}");
        return Task.FromResult<Result<Invitation>>(new Invitation(name, "token", DateTimeOffset.MaxValue));
    }

    public Result<CodeEnrolment> Open(string invitation) => invitation == "someone:good"
        ? new CodeEnrolment("someone", "otpauth://totp/x?secret=AAAA", "AAAA")
        : new Rejection(RejectionCode.InvitationInvalid, "no");

    public Task<Result<string>> AcceptAsync(string invitation, string password, string code, CancellationToken cancellationToken)
    {
        Changes.Add($"accept {invitation}");
        return Task.FromResult<Result<string>>("someone");
    }

    public Task<bool> SetActiveAsync(string name, bool active, CancellationToken cancellationToken)
    {
        Changes.Add($"{name} {active}");
        return Task.FromResult(true);
    }

    public Task<Result<MachineToken>> IssueAsync(string assertion, string scopes, string audience, AuditOrigin? origin, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public string? ProblemOf(string scopes, string keySet) => null;

    private Task Changed(string what)
    {
        Changes.Add(what);
        return Task.CompletedTask;
    }
}
