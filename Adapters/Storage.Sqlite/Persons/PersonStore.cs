using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Adapters.Storage.Sqlite.Persons;

/// <inheritdoc/>
internal sealed class PersonStore(SqliteStore store) : IPersonStore
{
    private const int RowOverhead = 1024;
    private const int PageSize = 1_000;

    // A merged person is found as the one who survived.
    private const string Survivor = $"SELECT {PersonRow.Columns} FROM person k JOIN person p ON p.num = coalesce(k.merged_into, k.num) WHERE ";

    private const string FindAlias = """
        SELECT a.person FROM patient_alias a
        WHERE a.source = (SELECT num FROM symbol WHERE value = ?1) AND a.authority = (SELECT num FROM symbol WHERE value = ?2) AND a.value = ?3
        """;

    public long Generation => store.Writer.Generation;

    public async Task<Person?> GetAsync(string id, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        return Single(reader.Prepare($"SELECT {PersonRow.Columns} FROM person p WHERE p.num = (SELECT num FROM symbol WHERE value = ?1)").BindId(1, id));
    }

    public async Task<Person?> FindByDocumentAsync(string documentNumber, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        return Single(reader.Prepare(Survivor + "k.document_number = ?1").Bind(1, documentNumber));
    }

    public async Task<Person?> FindByAliasAsync(PatientAlias alias, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        return Single(Bind(reader.Prepare(Survivor + $"k.num = ({FindAlias})"), alias));
    }

    public async Task<IReadOnlyList<Person>> FindByBlocksAsync(IReadOnlyList<long> blocks, int most, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare($"SELECT {PersonRow.Columns} FROM (SELECT person FROM person_block WHERE block = ?1 LIMIT ?2) b JOIN person k ON k.num = b.person JOIN person p ON p.num = coalesce(k.merged_into, k.num)");
        var found = new Dictionary<string, Person>(StringComparer.Ordinal);
        foreach (var block in blocks)
        {
            rows.Bind(1, block).Bind(2, most);
            while (rows.Step())
            {
                var person = PersonRow.Read(rows);
                found.TryAdd(person.Id, person);
            }
        }

        return [.. found.Values];
    }

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task<bool> AddAsync(Person person, IReadOnlyList<long> blocks, Consent joining, AuditEntry audit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                if (!session.Persons.Add(person, blocks)) return false;
                session.Consents.Add(joining);
                session.Audit.Append(audit);
                return true;
            },
            RowOverhead);
        return written.OrThrow();
    }

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task AmendAsync(Person person, IReadOnlyList<long> before, IReadOnlyList<long> blocks, IndexAct act, AuditEntry audit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                session.Persons.Amend(person, before, blocks, act);
                session.Audit.Append(audit);
                return true;
            },
            RowOverhead);
        written.OrThrow();
    }

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task<bool> LinkAsync(IReadOnlyList<NumberLink> links, IndexAct act, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Each message names its patient's numbers; nearly always they are linked already, and then nothing waits for a flush.
        var missing = await MissingAsync(links, cancellationToken);
        if (missing.Count == 0) return true;
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                if (missing.Exists(link => link.Numbers.Any(number => session.Persons.IsBarred(link.PersonId, number)))) return false;
                foreach (var link in missing)
                {
                    foreach (var number in link.Numbers) session.Persons.Link(link.PersonId, number, act);
                    session.Audit.Append(link.Audit);
                }

                return true;
            },
            missing.Count * RowOverhead);
        return written.OrThrow();
    }

    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare("SELECT count(*) FROM person");
        row.Step();
        return row.Int64(0);
    }

    public async Task<int> BlockSchemeAsync(CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare("SELECT scheme FROM person_block_scheme");
        row.Step();
        return row.Int32(0);
    }

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task BlockAgainAsync(int scheme, Func<Person, IReadOnlyList<long>> blocksOf, CancellationToken cancellationToken)
    {
        // Those that stand are left until all are made: nobody is without a key meanwhile, and a second call goes over what the first one did.
        for (long after = 0; ;)
        {
            var page = await PageAsync(after, cancellationToken);
            if (page.Count == 0) break;
            var blocks = page.ConvertAll(each => (each.Number, Keys: blocksOf(each.Person)));
            var written = await store.Writer.WriteAsync<bool>(
                session =>
                {
                    foreach (var (number, keys) in blocks)
                        foreach (var key in keys) session.Persons.Block(key, number);
                    return true;
                },
                page.Count * RowOverhead);
            written.OrThrow();
            after = page[^1].Number;
        }

        await RemoveFormerAsync(blocksOf, cancellationToken);
        (await store.Writer.WriteAsync<bool>(
            session =>
            {
                using var statement = new Statement(session.Connection, "UPDATE person_block_scheme SET scheme = ?1");
                statement.Bind(1, scheme).Run();
                return true;
            },
            RowOverhead)).OrThrow();
    }

    // Keys that the rule does not give their person, in the order of the table: it is not indexed by person.
    private async Task RemoveFormerAsync(Func<Person, IReadOnlyList<long>> blocksOf, CancellationToken cancellationToken)
    {
        for (var (block, person) = (long.MinValue, 0L); ;)
        {
            var former = new List<(long Block, long Person)>();
            var read = 0;
            using (var reader = await store.ReadAsync(cancellationToken))
            {
                var rows = reader.Prepare($"SELECT {PersonRow.Columns}, b.block, b.person FROM person_block b JOIN person p ON p.num = b.person WHERE (b.block, b.person) > (?1, ?2) ORDER BY b.block, b.person LIMIT ?3")
                    .Bind(1, block).Bind(2, person).Bind(3, PageSize);
                for (; rows.Step(); read++)
                {
                    (block, person) = (rows.Int64(10), rows.Int64(11));
                    if (!blocksOf(PersonRow.Read(rows)).Contains(block)) former.Add((block, person));
                }
            }

            if (former.Count > 0)
            {
                var written = await store.Writer.WriteAsync<bool>(
                    session =>
                    {
                        foreach (var (key, num) in former) session.Persons.Unblock(key, num, blocksOf);
                        return true;
                    },
                    former.Count * RowOverhead);
                written.OrThrow();
            }

            if (read < PageSize) return;
        }
    }

    private async Task<List<(Person Person, long Number)>> PageAsync(long after, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare($"SELECT {PersonRow.Columns}, p.num FROM person p WHERE p.num > ?1 ORDER BY p.num LIMIT ?2").Bind(1, after).Bind(2, PageSize);
        var page = new List<(Person, long)>();
        while (rows.Step()) page.Add((PersonRow.Read(rows), rows.Int64(10)));
        return page;
    }

    private async Task<List<NumberLink>> MissingAsync(IReadOnlyList<NumberLink> links, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var linked = reader.Prepare($"SELECT 1 WHERE ({FindAlias}) = (SELECT num FROM symbol WHERE value = ?4)");
        var missing = new List<NumberLink>();
        foreach (var link in links)
        {
            var numbers = new List<PatientAlias>();
            foreach (var number in link.Numbers)
            {
                if (!Bind(linked, number).BindId(4, link.PersonId).Step()) numbers.Add(number);
                linked.Reset();
            }

            if (numbers.Count > 0) missing.Add(link with { Numbers = numbers });
        }

        return missing;
    }

    private static Statement Bind(Statement statement, PatientAlias alias) =>
        statement.BindId(1, alias.SourceId).BindId(2, alias.AssigningAuthority).Bind(3, alias.Value);

    private static Person? Single(Statement row) => row.Step() ? PersonRow.Read(row) : null;
}
