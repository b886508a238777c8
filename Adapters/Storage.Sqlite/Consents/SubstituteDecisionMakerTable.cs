using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Consents;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Consents;

/// <summary>Writes substitute decision makers.</summary>
internal sealed class SubstituteDecisionMakerTable(sqlite3 connection, Symbols symbols)
{
    private readonly Statement insert = new(connection, """
        INSERT INTO substitute_decision_maker (id, person, document_number, name, relationship, ground, from_at, until_at, ended_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """);
    private readonly Statement end = new(connection, "UPDATE substitute_decision_maker SET ended_at = ?2 WHERE id = ?1 AND ended_at IS NULL");
    private readonly Statement exists = new(connection, "SELECT 1 FROM substitute_decision_maker WHERE id = ?1");

    public void Add(SubstituteDecisionMaker maker) =>
        insert.BindId(1, maker.Id).Bind(2, symbols.Of(maker.PersonId)).Bind(3, maker.DocumentNumber).Bind(4, maker.Name).Bind(5, maker.Relationship)
            .Bind(6, (int)maker.Ground).Bind(7, Time.Of(maker.From)).Bind(8, Time.Of(maker.Until)).Bind(9, Time.Of(maker.EndedAt)).Run();

    /// <summary>One that has ended already keeps its first time.</summary>
    /// <returns>False where there is none with that id.</returns>
    public bool End(string id, DateTimeOffset at)
    {
        if (end.BindId(1, id).Bind(2, Time.Of(at)).Run() == 1) return true;
        var found = exists.BindId(1, id).Step();
        exists.Reset();
        return found;
    }
}
