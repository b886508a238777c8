using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Credentials;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Credentials;

/// <inheritdoc/>
internal sealed class MachineClients(SqliteStore store) : IMachineClients
{
    private const int AssertionBytes = 128;

    private readonly KeptRows<string, MachineClient> rows = new(row => row.Id);

    public IReadOnlyList<MachineClient> All => [.. rows.All.OrderBy(row => row.Id, StringComparer.Ordinal)];

    public MachineClient? Get(string id) => rows.Find(id);

    /// <exception cref="IOException">The store could not write it.</exception>
    public Task SaveAsync(MachineClient client, CancellationToken cancellationToken) =>
        rows.ChangeAsync(store, client.Id, _ => client, (session, row) => session.Credentials.Save(row), cancellationToken);

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task<bool> UseAssertionAsync(string clientId, string id, DateTimeOffset until, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var used = await store.Writer.WriteAsync<bool>(session => session.Credentials.Use(clientId, id, until, session.Now), AssertionBytes);
        return used.OrThrow();
    }

    public void Load(sqlite3 connection) => rows.Load(KeptRows<string, MachineClient>.Read(
        connection,
        "SELECT id, name, role, provider_id, source_id, service_location_id, scopes, key_set, stamp, active, professional_id FROM machine_client",
        row => new(
            row.Text(0), row.Text(1), (Role)row.Int32(2), row.TextOrNull(3), row.TextOrNull(4), row.TextOrNull(5), row.Text(6), row.Text(7), row.Text(8),
            row.Int64(9) == 1, row.TextOrNull(10))));
}
