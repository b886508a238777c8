using System.Globalization;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Adapters.Storage.Sqlite.Persons;

/// <inheritdoc/>
internal sealed class PersonStore(SqliteStore store) : IPersonStore
{
    private const int RowOverhead = 512;

    private const string Columns = """
        SELECT (SELECT value FROM symbol WHERE num = p.num), p.document_number, p.family_name, p.given_name, p.chinese_name, p.sex, p.birth_date, p.enrolled_at
        FROM person p
        """;

    private const string FindAlias = """
        SELECT a.person FROM patient_alias a
        WHERE a.source = (SELECT num FROM symbol WHERE value = ?1) AND a.authority = (SELECT num FROM symbol WHERE value = ?2) AND a.value = ?3
        """;

    public async Task<Person?> GetAsync(string id, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        return Single(reader.Prepare(Columns + " WHERE p.num = (SELECT num FROM symbol WHERE value = ?1)").BindId(1, id));
    }

    public async Task<Person?> FindByDocumentAsync(string documentNumber, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        return Single(reader.Prepare(Columns + " WHERE p.document_number = ?1").Bind(1, documentNumber));
    }

    public async Task<Person?> FindByAliasAsync(PatientAlias alias, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        return Single(Bind(reader.Prepare(Columns + " WHERE p.num = (" + FindAlias + ")"), alias));
    }

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task<bool> AddAsync(Person person, Consent joining, AuditEntry audit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                if (!session.Persons.Add(person)) return false;
                session.Consents.Add(joining);
                session.Audit.Append(audit);
                return true;
            },
            RowOverhead);
        return written.OrThrow();
    }

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task LinkAsync(string personId, IReadOnlyList<PatientAlias> aliases, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Each message names its patient's numbers; nearly always they are linked already, and then nothing waits for a flush.
        var missing = await MissingAsync(personId, aliases, cancellationToken);
        if (missing.Count == 0) return;
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                foreach (var alias in missing) session.Persons.Link(personId, alias);
                return true;
            },
            RowOverhead);
        written.OrThrow();
    }

    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare("SELECT count(*) FROM person");
        row.Step();
        return row.Int64(0);
    }

    private async Task<List<PatientAlias>> MissingAsync(string personId, IReadOnlyList<PatientAlias> aliases, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var linked = reader.Prepare($"SELECT 1 WHERE ({FindAlias}) = (SELECT num FROM symbol WHERE value = ?4)");
        var missing = new List<PatientAlias>();
        foreach (var alias in aliases)
        {
            if (!Bind(linked, alias).BindId(4, personId).Step()) missing.Add(alias);
            linked.Reset();
        }

        return missing;
    }

    private static Statement Bind(Statement statement, PatientAlias alias) =>
        statement.BindId(1, alias.SourceId).BindId(2, alias.AssigningAuthority).Bind(3, alias.Value);

    private static Person? Single(Statement row)
    {
        if (!row.Step()) return null;
        return new(
            row.Id(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), (AdministrativeSex)row.Int32(5),
            DateOnly.ParseExact(row.Text(6), "yyyy-MM-dd", CultureInfo.InvariantCulture), Time.At(row.Int64(7)));
    }
}
