namespace EHealthPlus.Routing.Credentials.Tickets;

/// <summary>Whose ticket it is. Numbers are written into tickets.</summary>
internal enum TicketKind
{
    Person = 1,
    Machine = 2,
}

/// <summary>What a token says, for the hub alone to read. It grants nothing by itself: who bears it is looked up at each request.</summary>
/// <param name="Subject">Name of the account, or id of the client.</param>
/// <param name="Stamp">The account's or client's when it was given.</param>
/// <param name="ProviderId">For whom the person works in this session.</param>
/// <param name="Scopes">A machine's, separated by spaces.</param>
internal sealed record Ticket(TicketKind Kind, string Subject, string Stamp, string? ProviderId, string? Scopes, DateTimeOffset EndsAt);
