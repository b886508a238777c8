using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Audit;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Audit;

/// <summary>Writes audit rows, each chained to the one before.</summary>
internal sealed class AuditTable
{
    private readonly Symbols symbols;
    private readonly Statement insert;
    private (long Number, byte[] Hash) head;
    private (long Number, byte[] Hash) committed;

    public AuditTable(sqlite3 connection, Symbols symbols)
    {
        this.symbols = symbols;
        insert = new(connection, """
            INSERT INTO audit (num, at, actor, role, action, person, target, permitted, reason, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """);
        using var last = new Statement(connection, "SELECT num, hash FROM audit ORDER BY num DESC LIMIT 1");
        head = last.Step() ? (last.Int64(0), last.Blob(1).ToArray()) : (0, AuditChain.Start);
        committed = head;
    }

    public void Append(AuditEntry entry)
    {
        var number = head.Number + 1;
        var hash = AuditChain.Next(head.Hash, number, entry);
        insert.Bind(1, number).Bind(2, Time.Of(entry.At)).Bind(3, symbols.Of(entry.Actor)).Bind(4, symbols.Of(entry.Role))
            .Bind(5, symbols.Of(entry.Action)).Bind(6, symbols.OfOptional(entry.PersonId)).Bind(7, entry.Target)
            .Bind(8, entry.Permitted ? 1 : 0).Bind(9, symbols.Of(entry.Reason)).Bind(10, hash).Run();
        head = (number, hash);
    }

    public void Committed() => committed = head;

    public void RolledBack() => head = committed;
}
