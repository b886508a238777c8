using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;

namespace EHealthPlus.Adapters.Storage.Sqlite.Consents;

/// <inheritdoc/>
internal sealed class SubstituteDecisionMakerStore(SqliteStore store) : ISubstituteDecisionMakerStore
{
    private const int RowOverhead = 384;

    private const string Columns = """
        SELECT m.id, (SELECT value FROM symbol WHERE num = m.person), m.document_number, m.name, m.relationship, m.ground, m.from_at, m.until_at, m.ended_at
        FROM substitute_decision_maker m
        """;

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task AddAsync(SubstituteDecisionMaker maker, AuditEntry audit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                session.SubstituteDecisionMakers.Add(maker);
                session.Audit.Append(audit);
                return true;
            },
            RowOverhead);
        written.OrThrow();
    }

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task<SubstituteDecisionMaker?> EndAsync(string id, DateTimeOffset at, AuditEntry audit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                if (!session.SubstituteDecisionMakers.End(id, at)) return false;
                session.Audit.Append(audit);
                return true;
            },
            RowOverhead);
        return written.OrThrow() ? await GetAsync(id, cancellationToken) : null;
    }

    public async Task<SubstituteDecisionMaker?> GetAsync(string id, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        return ReadAll(reader.Prepare(Columns + " WHERE m.id = ?1").BindId(1, id)).SingleOrDefault();
    }

    public async Task<IReadOnlyList<SubstituteDecisionMaker>> ForPersonAsync(string personId, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        return ReadAll(reader.Prepare(Columns + " WHERE m.person = (SELECT num FROM symbol WHERE value = ?1) ORDER BY m.from_at DESC, m.num DESC").BindId(1, personId));
    }

    private static List<SubstituteDecisionMaker> ReadAll(Statement rows)
    {
        var makers = new List<SubstituteDecisionMaker>();
        while (rows.Step())
            makers.Add(new(
                rows.Id(0), rows.Id(1), rows.Text(2), rows.Text(3), rows.Text(4), (SubstitutionGround)rows.Int32(5), Time.At(rows.Int64(6)),
                Time.At(rows.Int64OrNull(7)), Time.At(rows.Int64OrNull(8))));
        return makers;
    }
}
