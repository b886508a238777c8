using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Audit;

/// <summary>Gives each circumstance a number, kept in the table audit_circumstance.</summary>
internal sealed class Circumstances(sqlite3 connection, Symbols symbols)
{
    // Some addresses for each of some thousand providers; emptied when full.
    private const int Capacity = 16_384;

    private readonly Statement find = new(connection, """
        SELECT num FROM audit_circumstance
        WHERE provider = ?1 AND source = ?2 AND address = ?3 AND certificate = ?4 AND purpose = ?5 AND on_behalf_of = ?6 AND care_relation = ?7
        """);
    private readonly Statement add = new(connection, """
        INSERT INTO audit_circumstance (provider, source, address, certificate, purpose, on_behalf_of, care_relation) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """);
    private readonly Dictionary<Circumstance, long> known = [];
    private readonly List<Circumstance> uncommitted = [];

    public long Of(Circumstance circumstance)
    {
        if (known.TryGetValue(circumstance, out var number)) return number;
        if (Bind(find, circumstance).Step())
        {
            number = find.Int64(0);
            find.Reset();
        }
        else
        {
            Bind(add, circumstance).Run();
            number = raw.sqlite3_last_insert_rowid(connection);
            uncommitted.Add(circumstance);
        }

        if (known.Count >= Capacity) known.Clear();
        known[circumstance] = number;
        return number;
    }

    public void Committed() => uncommitted.Clear();

    public void RolledBack()
    {
        foreach (var circumstance in uncommitted) known.Remove(circumstance);
        uncommitted.Clear();
    }

    private Statement Bind(Statement statement, Circumstance circumstance) => statement
        .Bind(1, Of(circumstance.ProviderId)).Bind(2, Of(circumstance.SourceId)).Bind(3, Of(circumstance.Address)).Bind(4, Of(circumstance.Certificate))
        .Bind(5, Of(circumstance.PurposeOfUse)).Bind(6, Of(circumstance.OnBehalfOf)).Bind(7, circumstance.CareRelation);

    private long Of(string? text) => text is null ? 0 : symbols.Of(text);
}
