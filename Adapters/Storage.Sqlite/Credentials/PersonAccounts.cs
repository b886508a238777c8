using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Credentials;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Credentials;

/// <inheritdoc/>
internal sealed class PersonAccounts(SqliteStore store) : IPersonAccounts
{
    private readonly KeptRows<string, PersonAccount> rows = new(row => row.Name);

    public IReadOnlyList<PersonAccount> All => [.. rows.All.OrderBy(row => row.Name, StringComparer.Ordinal)];

    public PersonAccount? Get(string name) => rows.Find(name);

    /// <exception cref="IOException">The store could not write it.</exception>
    public Task<bool> SaveAsync(PersonAccount account, CancellationToken cancellationToken) => rows.ChangeAsync(
        store, account.Name, kept => (kept?.Version ?? 0) == account.Version ? account with { Version = account.Version + 1 } : null,
        (session, row) => session.Credentials.Save(row), cancellationToken);

    public void Load(sqlite3 connection) => rows.Load(KeptRows<string, PersonAccount>.Read(
        connection,
        """
        SELECT name, role, professional_id, stamp, active, password_hash, code_secret, last_code_step, failures, locked_until, invitation_hash,
          invitation_ends_at, version
        FROM person_account
        """,
        row => new(
            row.Text(0), (Role)row.Int32(1), row.TextOrNull(2), row.Text(3), row.Int64(4) == 1, row.TextOrNull(5), row.TextOrNull(6), row.Int64(7), row.Int32(8),
            Time.At(row.Int64OrNull(9)), row.TextOrNull(10), Time.At(row.Int64OrNull(11)), row.Int32(12))));
}
