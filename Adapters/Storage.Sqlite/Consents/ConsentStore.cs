using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;

namespace EHealthPlus.Adapters.Storage.Sqlite.Consents;

/// <inheritdoc/>
internal sealed class ConsentStore(SqliteStore store) : IConsentStore
{
    private const int RowOverhead = 256;

    private const string Columns = """
        SELECT c.id, (SELECT value FROM symbol WHERE num = c.person), c.kind, (SELECT value FROM symbol WHERE num = c.provider),
          c.given_at, c.expires_at, c.revoked_at, (SELECT value FROM symbol WHERE num = c.given_by)
        FROM consent c
        """;

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task AddAsync(Consent consent, AuditEntry audit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                session.Consents.Add(consent);
                session.Audit.Append(audit);
                return true;
            },
            RowOverhead);
        written.OrThrow();
    }

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task<Consent?> RevokeAsync(string consentId, DateTimeOffset at, AuditEntry audit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                if (!session.Consents.Revoke(consentId, at)) return false;
                session.Audit.Append(audit);
                return true;
            },
            RowOverhead);
        return written.OrThrow() ? await GetAsync(consentId, cancellationToken) : null;
    }

    public async Task<Consent?> GetAsync(string consentId, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        return ReadAll(reader.Prepare(Columns + " WHERE c.id = ?1").BindId(1, consentId)).SingleOrDefault();
    }

    public async Task<IReadOnlyList<Consent>> ForPersonAsync(string personId, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        return ReadAll(reader.Prepare(Columns + " WHERE c.person = (SELECT num FROM symbol WHERE value = ?1) ORDER BY c.given_at DESC, c.num DESC").BindId(1, personId));
    }

    private static List<Consent> ReadAll(Statement rows)
    {
        var consents = new List<Consent>();
        while (rows.Step())
            consents.Add(new(
                rows.Id(0), rows.Id(1), (ConsentKind)rows.Int32(2), rows.IsNull(3) ? null : rows.Id(3), Time.At(rows.Int64(4)),
                Time.At(rows.Int64OrNull(5)), Time.At(rows.Int64OrNull(6)), rows.IsNull(7) ? null : rows.Id(7)));
        return consents;
    }
}
