using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Credentials.People;

namespace EHealthPlus.Routing.Credentials.Tickets;

/// <summary>Looks up who bears a ticket, as things stand at this request.</summary>
public sealed class TicketCheck : ICredentialCheck
{
    private readonly TicketSeal seal;
    private readonly IPersonAccounts accounts;
    private readonly IMachineClients clients;
    private readonly Standing standing;
    private readonly TimeProvider time;

    internal TicketCheck(TicketSeal seal, IPersonAccounts accounts, IMachineClients clients, Standing standing, TimeProvider time)
    {
        this.seal = seal;
        this.accounts = accounts;
        this.clients = clients;
        this.standing = standing;
        this.time = time;
    }

    public Result<Bearer> Check(string token) =>
        seal.Open(token) is { } ticket ? Check(ticket) : new Rejection(RejectionCode.CredentialInvalid, "The token is not known");

    public AccessPrincipal? GivenTo(string token) => seal.Open(token) switch
    {
        { Kind: TicketKind.Person } ticket when accounts.Get(ticket.Subject) is { } account => new(account.Name, account.Role, ticket.ProviderId, null, ProfessionalId: account.ProfessionalId),
        { Kind: TicketKind.Machine } ticket when clients.Get(ticket.Subject) is { } client => new(client.Id, client.Role, client.ProviderId, null, client.SourceId),
        _ => null,
    };

    internal Result<Bearer> Check(Ticket ticket)
    {
        if (ticket.EndsAt <= time.GetUtcNow()) return new Rejection(RejectionCode.TokenExpired, "The token has expired");
        return ticket.Kind == TicketKind.Person ? OfPerson(ticket) : OfMachine(ticket);
    }

    private Result<Bearer> OfPerson(Ticket ticket)
    {
        if (accounts.Get(ticket.Subject) is not { } account) return new Rejection(RejectionCode.CredentialInvalid, "The account is not known");
        if (!account.Active) return new Rejection(RejectionCode.AccountSuspended, "The account is suspended");
        if (account.Stamp != ticket.Stamp) return new Rejection(RejectionCode.SessionEnded, "The session was ended");
        if (account.ProfessionalId is not { } professionalId) return new Bearer(new(account.Name, account.Role, null, null));
        if (ticket.ProviderId is null) return new Rejection(RejectionCode.AffiliationMissing, "The session is for no provider");

        var professional = standing.At(ticket.ProviderId, professionalId);
        return professional.Accepted
            ? new Bearer(new(account.Name, account.Role, ticket.ProviderId, null, ProfessionalId: professionalId, Profession: professional.Value.Profession))
            : professional.Rejection;
    }

    private Result<Bearer> OfMachine(Ticket ticket)
    {
        if (clients.Get(ticket.Subject) is not { } client) return new Rejection(RejectionCode.CredentialInvalid, "The client is not known");
        if (!client.Active) return new Rejection(RejectionCode.ClientSuspended, "The client is suspended");
        if (client.Stamp != ticket.Stamp) return new Rejection(RejectionCode.SessionEnded, "The tokens of the client were revoked");
        var scopes = (ticket.Scopes ?? "").Split(' ');
        var principal = new AccessPrincipal(client.Id, client.Role, client.ProviderId, null, client.SourceId, ServiceLocationId: client.ServiceLocationId, Unattended: true);
        if (client is not { ProfessionalId: { } professionalId, ProviderId: { } providerId }) return new Bearer(principal, scopes);
        var professional = standing.At(providerId, professionalId);
        return professional.Accepted ? new Bearer(principal with { ProfessionalId = professionalId, Profession = professional.Value.Profession }, scopes) : professional.Rejection;
    }
}
