using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Identity;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Persons;

/// <summary>Writes persons with their blocking keys, the local numbers that are linked to them, and their history.</summary>
internal sealed class PersonTable(sqlite3 connection, Symbols symbols)
{
    private readonly Statement taken = new(connection, "SELECT 1 FROM person WHERE document_number = ?1");
    private readonly Statement insert = new(connection, """
        INSERT INTO person (num, document_number, family_name, given_name, chinese_name, sex, birth_date, enrolled_at, assurance) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """);
    private readonly Statement update = new(connection, """
        UPDATE person SET family_name = ?2, given_name = ?3, chinese_name = ?4, sex = ?5, birth_date = ?6, assurance = ?7 WHERE num = ?1
        """);
    private readonly Statement block = new(connection, "INSERT INTO person_block (block, person) VALUES (?1, ?2) ON CONFLICT DO NOTHING");
    private readonly Statement unblock = new(connection, "DELETE FROM person_block WHERE block = ?1 AND person = ?2");
    private readonly Statement current = new(connection, $"SELECT {PersonRow.Columns} FROM person p WHERE p.num = ?1");
    private readonly Statement holder = new(connection, "SELECT person FROM patient_alias WHERE source = ?1 AND authority = ?2 AND value = ?3");
    private readonly Statement barred = new(connection, """
        SELECT 1 FROM patient_alias_barred WHERE source = ?1 AND authority = ?2 AND value = ?3 AND person IN (SELECT ?4 UNION ALL SELECT num FROM person WHERE merged_into = ?4)
        """);
    private readonly Statement link = new(connection, """
        INSERT INTO patient_alias (source, authority, value, person) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (source, authority, value) DO UPDATE SET person = excluded.person
        """);
    private readonly Statement remember = new(connection, """
        INSERT INTO person_event (at, actor, kind, person, other, source, authority, value, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """);

    /// <returns>False where the document number is taken; nothing is written then.</returns>
    public bool Add(Person person, IReadOnlyList<long> blocks)
    {
        var found = taken.Bind(1, person.DocumentNumber).Step();
        taken.Reset();
        if (found) return false;
        var num = symbols.Of(person.Id);
        insert.Bind(1, num).Bind(2, person.DocumentNumber).Bind(3, person.FamilyName).Bind(4, person.GivenName)
            .Bind(5, person.ChineseName).Bind(6, (int)person.Sex).Bind(7, PersonRow.Text(person.BirthDate))
            .Bind(8, Time.Of(person.EnrolledAt)).Bind(9, PersonRow.Pack(person.Assurance)).Run();
        foreach (var each in blocks) block.Bind(1, each).Bind(2, num).Run();
        return true;
    }

    /// <param name="before">The blocking keys that the person had.</param>
    public void Amend(Person person, IReadOnlyList<long> before, IReadOnlyList<long> blocks, IndexAct act)
    {
        var num = symbols.Of(person.Id);
        update.Bind(1, num).Bind(2, person.FamilyName).Bind(3, person.GivenName).Bind(4, person.ChineseName).Bind(5, (int)person.Sex)
            .Bind(6, PersonRow.Text(person.BirthDate)).Bind(7, PersonRow.Pack(person.Assurance)).Run();
        foreach (var each in before.Except(blocks)) unblock.Bind(1, each).Bind(2, num).Run();
        foreach (var each in blocks) block.Bind(1, each).Bind(2, num).Run();
        Remember(PersonEventKind.Amended, act, person.Id);
    }

    /// <summary>Takes a key from a person, unless the person as it is now has it by the rule.</summary>
    /// <param name="num">Symbol of the person's id.</param>
    public void Unblock(long key, long num, Func<Person, IReadOnlyList<long>> blocksOf)
    {
        var stands = current.Bind(1, num).Step() && blocksOf(PersonRow.Read(current)).Contains(key);
        current.Reset();
        if (!stands) unblock.Bind(1, key).Bind(2, num).Run();
    }

    /// <param name="num">Symbol of the person's id.</param>
    public void Block(long key, long num) => block.Bind(1, key).Bind(2, num).Run();

    /// <summary>Whether the number was taken from that person before, or from one who was merged into that person.</summary>
    public bool IsBarred(string personId, PatientAlias alias)
    {
        var found = Bind(barred, alias).Bind(4, symbols.Of(personId)).Step();
        barred.Reset();
        return found;
    }

    /// <summary>Links; an alias of another person moves, and the history of both says so.</summary>
    public void Link(string personId, PatientAlias alias, IndexAct act)
    {
        var num = symbols.Of(personId);
        var from = Bind(holder, alias).Step() ? holder.Int64(0) : (long?)null;
        holder.Reset();
        if (from == num) return;
        Bind(link, alias).Bind(4, num).Run();
        if (from is { } other) Remember(PersonEventKind.Unlinked, act, other, null, alias);
        Remember(PersonEventKind.Linked, act, num, null, alias);
    }

    public void Remember(PersonEventKind kind, IndexAct act, string personId, string? otherId = null, PatientAlias? number = null) =>
        Remember(kind, act, symbols.Of(personId), otherId, number);

    private void Remember(PersonEventKind kind, IndexAct act, long person, string? otherId, PatientAlias? number)
    {
        remember.Bind(1, Time.Of(act.At)).Bind(2, symbols.Of(act.Actor)).Bind(3, (int)kind).Bind(4, person).Bind(5, symbols.OfOptional(otherId))
            .Bind(6, symbols.OfOptional(number?.SourceId)).Bind(7, symbols.OfOptional(number?.AssigningAuthority)).Bind(8, number?.Value).Bind(9, symbols.Of(act.Reason)).Run();
    }

    private Statement Bind(Statement statement, PatientAlias alias) =>
        statement.Bind(1, symbols.Of(alias.SourceId)).Bind(2, symbols.Of(alias.AssigningAuthority)).Bind(3, alias.Value);
}
