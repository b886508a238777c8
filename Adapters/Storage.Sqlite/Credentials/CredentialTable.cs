using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Credentials;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Credentials;

/// <summary>Writes certificates, accounts, machine clients, and the assertions that were used.</summary>
internal sealed class CredentialTable(sqlite3 connection)
{
    private readonly Statement saveCertificate = new(connection, """
        INSERT OR REPLACE INTO location_certificate (thumbprint, serial_number, service_location_id, not_before, not_after, issued_at, revoked_at, revocation_reason)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """);
    private readonly Statement saveAccount = new(connection, """
        INSERT OR REPLACE INTO person_account (name, role, professional_id, stamp, active, password_hash, code_secret, last_code_step, failures, locked_until,
          invitation_hash, invitation_ends_at, version)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
        """);
    private readonly Statement saveClient = new(connection, """
        INSERT OR REPLACE INTO machine_client (id, name, role, provider_id, source_id, service_location_id, scopes, key_set, stamp, active, professional_id)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """);
    private readonly Statement useAssertion = new(connection, "INSERT OR IGNORE INTO used_assertion (client_id, id, until) VALUES (?1, ?2, ?3)");
    private readonly Statement forgetAssertions = new(connection, "DELETE FROM used_assertion WHERE until < ?1");

    public void Save(LocationCertificate row) =>
        saveCertificate.Bind(1, row.Thumbprint).Bind(2, row.SerialNumber).Bind(3, row.ServiceLocationId).Bind(4, Time.Of(row.NotBefore)).Bind(5, Time.Of(row.NotAfter))
            .Bind(6, Time.Of(row.IssuedAt)).Bind(7, Time.Of(row.RevokedAt)).Bind(8, row.RevocationReason).Run();

    public void Save(PersonAccount row) =>
        saveAccount.Bind(1, row.Name).Bind(2, (int)row.Role).Bind(3, row.ProfessionalId).Bind(4, row.Stamp).Bind(5, row.Active ? 1 : 0).Bind(6, row.PasswordHash)
            .Bind(7, row.CodeSecret).Bind(8, row.LastCodeStep).Bind(9, row.Failures).Bind(10, Time.Of(row.LockedUntil)).Bind(11, row.InvitationHash)
            .Bind(12, Time.Of(row.InvitationEndsAt)).Bind(13, row.Version).Run();

    public void Save(MachineClient row) =>
        saveClient.Bind(1, row.Id).Bind(2, row.Name).Bind(3, (int)row.Role).Bind(4, row.ProviderId).Bind(5, row.SourceId).Bind(6, row.ServiceLocationId)
            .Bind(7, row.Scopes).Bind(8, row.KeySet).Bind(9, row.Stamp).Bind(10, row.Active ? 1 : 0).Bind(11, row.ProfessionalId).Run();

    /// <summary>Also forgets the assertions that nobody can use any more.</summary>
    /// <returns>False where it is there already.</returns>
    public bool Use(string clientId, string assertionId, DateTimeOffset until, DateTimeOffset now)
    {
        forgetAssertions.Bind(1, Time.Of(now)).Run();
        return useAssertion.Bind(1, clientId).Bind(2, assertionId).Bind(3, Time.Of(until)).Run() == 1;
    }
}
