using System.Globalization;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Identity;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Persons;

/// <summary>Writes persons and the local numbers that are linked to them.</summary>
internal sealed class PersonTable(sqlite3 connection, Symbols symbols)
{
    private readonly Statement taken = new(connection, "SELECT 1 FROM person WHERE document_number = ?1");
    private readonly Statement insert = new(connection, """
        INSERT INTO person (num, document_number, family_name, given_name, chinese_name, sex, birth_date, enrolled_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """);
    private readonly Statement link = new(connection, """
        INSERT INTO patient_alias (source, authority, value, person) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (source, authority, value) DO UPDATE SET person = excluded.person
        """);

    /// <returns>False where the document number is taken; nothing is written then.</returns>
    public bool Add(Person person)
    {
        var found = taken.Bind(1, person.DocumentNumber).Step();
        taken.Reset();
        if (found) return false;
        insert.Bind(1, symbols.Of(person.Id)).Bind(2, person.DocumentNumber).Bind(3, person.FamilyName).Bind(4, person.GivenName)
            .Bind(5, person.ChineseName).Bind(6, (int)person.Sex).Bind(7, person.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            .Bind(8, Time.Of(person.EnrolledAt)).Run();
        return true;
    }

    /// <summary>Links; an alias of another person moves.</summary>
    public void Link(string personId, PatientAlias alias) =>
        link.Bind(1, symbols.Of(alias.SourceId)).Bind(2, symbols.Of(alias.AssigningAuthority)).Bind(3, alias.Value).Bind(4, symbols.Of(personId)).Run();
}
