using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Adapters.Storage.Sqlite.Persons;

/// <inheritdoc/>
internal sealed class PersonLinks(SqliteStore store) : IPersonLinks
{
    private const int RowOverhead = 4096;

    private const string Person = "(SELECT num FROM symbol WHERE value = ?1)";

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task<IReadOnlyList<UnfinishedDeposit>> UnlinkAsync(
        string personId, IReadOnlyList<PatientAlias> aliases, IndexAct act, AuditEntry audit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await store.Writer.WriteAsync<IReadOnlyList<UnfinishedDeposit>>(
            session =>
            {
                session.Generation.Move();
                foreach (var alias in aliases)
                {
                    if (session.Links.Unlink(personId, alias)) session.Persons.Remember(PersonEventKind.Unlinked, act, personId, null, alias);
                }

                session.Audit.Append(audit);
                return Reopened(session, [.. aliases.Select(alias => alias.SourceId).Distinct(StringComparer.Ordinal).SelectMany(source => session.Links.Withhold(personId, source))], act);
            },
            RowOverhead);
        return written.OrThrow();
    }

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task<bool> MergeAsync(string survivorId, string mergedId, IndexAct act, AuditEntry audit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                if (!session.Links.Merge(survivorId, mergedId)) return false;
                session.Generation.Move();
                session.Persons.Remember(PersonEventKind.Merged, act, survivorId, mergedId);
                session.Audit.Append(audit);
                return true;
            },
            RowOverhead);
        return written.OrThrow();
    }

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task<IReadOnlyList<UnfinishedDeposit>?> SplitAsync(string mergedId, IndexAct act, AuditEntry audit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var person = await store.Persons.GetAsync(mergedId, cancellationToken);
        if (person?.MergedInto is not { } survivorId) return null;
        var split = true;
        var written = await store.Writer.WriteAsync<IReadOnlyList<UnfinishedDeposit>>(
            session =>
            {
                var deposits = session.Links.Split(mergedId);
                split = deposits is not null;
                if (deposits is null) return Array.Empty<UnfinishedDeposit>();
                session.Generation.Move();
                session.Persons.Remember(PersonEventKind.Split, act, survivorId, mergedId);
                session.Audit.Append(audit);
                return Reopened(session, deposits, act);
            },
            RowOverhead);
        var reopened = written.OrThrow();
        return split ? reopened : null;
    }

    public async Task<IReadOnlyList<PatientAlias>> AliasesAsync(string personId, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare($"""
            SELECT (SELECT value FROM symbol WHERE num = a.source), (SELECT value FROM symbol WHERE num = a.authority), a.value FROM patient_alias a WHERE a.person = {Person}
            """).BindId(1, personId);
        var aliases = new List<PatientAlias>();
        while (rows.Step()) aliases.Add(new(rows.Id(0), rows.Id(1), rows.Text(2)));
        return aliases;
    }

    public async Task<IReadOnlyList<Person>> MergedAsync(string personId, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare($"SELECT {PersonRow.Columns} FROM person p WHERE p.merged_into = {Person}").BindId(1, personId);
        var persons = new List<Person>();
        while (rows.Step()) persons.Add(PersonRow.Read(rows));
        return persons;
    }

    public async Task<IReadOnlyList<PersonEvent>> HistoryAsync(string personId, int count, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare($"""
            SELECT e.at, (SELECT value FROM symbol WHERE num = e.actor), e.kind, (SELECT value FROM symbol WHERE num = e.person), (SELECT value FROM symbol WHERE num = e.other),
              (SELECT value FROM symbol WHERE num = e.source), (SELECT value FROM symbol WHERE num = e.authority), e.value, (SELECT value FROM symbol WHERE num = e.reason)
            FROM person_event e WHERE e.num IN (SELECT num FROM person_event WHERE person = {Person} UNION SELECT num FROM person_event WHERE other = {Person}) ORDER BY e.num DESC LIMIT ?2
            """).BindId(1, personId).Bind(2, count);
        var events = new List<PersonEvent>();
        while (rows.Step())
        {
            events.Add(new(
                Time.At(rows.Int64(0)), rows.Id(1), (PersonEventKind)rows.Int32(2), rows.Id(3), rows.IsNull(4) ? null : rows.Id(4),
                rows.IsNull(7) ? null : new(rows.Id(5), rows.Id(6), rows.Text(7)), rows.Id(8)));
        }

        return events;
    }

    private static UnfinishedDeposit[] Reopened(WriteSession session, IReadOnlyList<DepositId> deposits, IndexAct act) =>
        [.. deposits.Distinct().Select(deposit => session.Sagas.Reopen(deposit, act.At, "Identified again", DepositState.Delivered)).OfType<UnfinishedDeposit>()];
}
