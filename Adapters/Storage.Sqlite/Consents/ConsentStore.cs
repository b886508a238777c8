using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;

namespace EHealthPlus.Adapters.Storage.Sqlite.Consents;

/// <inheritdoc/>
internal sealed class ConsentStore(SqliteStore store, SharedTexts texts) : IConsentStore
{
    private const int RowOverhead = 256;

    private const string Columns = """
        SELECT id, person, kind, provider, given_at, expires_at, revoked_at, given_by FROM consent
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
                if (session.Consents.Revoke(consentId, at) is not { } kind) return false;
                if (kind == ConsentKind.Joining) session.Generation.Move();
                session.Audit.Append(audit);
                return true;
            },
            RowOverhead);
        return written.OrThrow() ? await GetAsync(consentId, cancellationToken) : null;
    }

    public async Task<Consent?> GetAsync(string consentId, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare(Columns + " WHERE id = ?1").BindId(1, consentId);
        return row.Step() ? Read(reader, row, reader.TextOf(row.Int64(1))) : null;
    }

    public async Task<IReadOnlyList<Consent>> ForPersonAsync(string personId, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare(Columns + " WHERE person = (SELECT num FROM symbol WHERE value = ?1) ORDER BY given_at DESC, num DESC").BindId(1, personId);
        var consents = new List<Consent>();
        while (rows.Step()) consents.Add(Read(reader, rows, personId));
        return consents;
    }

    private Consent Read(Reader reader, Statement row, string personId) => new(
        row.Id(0), personId, (ConsentKind)row.Int32(2), texts.OfOptional(reader, row.Int64OrNull(3)), Time.At(row.Int64(4)),
        Time.At(row.Int64OrNull(5)), Time.At(row.Int64OrNull(6)), texts.OfOptional(reader, row.Int64OrNull(7)));
}
