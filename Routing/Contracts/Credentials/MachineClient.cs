using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Routing.Contracts.Credentials;

/// <summary>A system that reads or writes over HTTP by itself: a backend service (SMART App Launch 2.2, Backend Services).</summary>
/// <param name="Id">client_id: lower-case letters, digits and hyphens.</param>
/// <param name="ProviderId">On whose behalf it acts.</param>
/// <param name="ServiceLocationId">Where it stands: where that location has a certificate, its connections must bear it.</param>
/// <param name="Scopes">What it may ask for, separated by spaces: system/Observation.rs.</param>
/// <param name="KeySet">Its public keys, a JSON Web Key Set (RFC 7517).</param>
/// <param name="Stamp">Its tokens name it: they end when it changes.</param>
/// <param name="ProfessionalId">
/// Who answers for what it reads of citizens: it sees what that professional's profession may see, as long as the affiliation with the provider
/// lasts, and only where a care relation is known. Null for a client that reads no patient data.
/// </param>
public sealed record MachineClient(
    string Id, string Name, Role Role, string? ProviderId, string? SourceId, string? ServiceLocationId, string Scopes, string KeySet, string Stamp,
    bool Active = true, string? ProfessionalId = null);

/// <summary>The machine clients. Lookups answer from memory; changes are durable when the call returns, and seen by every lookup after it.</summary>
public interface IMachineClients
{
    MachineClient? Get(string id);

    IReadOnlyList<MachineClient> All { get; }

    Task SaveAsync(MachineClient client, CancellationToken cancellationToken);

    /// <summary>Remembers that an assertion was used. Holds across restarts.</summary>
    /// <param name="id">jti of the assertion.</param>
    /// <param name="until">When it expires: it need not be remembered any longer.</param>
    /// <returns>False where it was used before.</returns>
    Task<bool> UseAssertionAsync(string clientId, string id, DateTimeOffset until, CancellationToken cancellationToken);
}
