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
    private readonly Circumstances circumstances;
    private readonly Statement insert;
    private readonly AuditChain chain = new();
    private readonly byte[] head = AuditChain.Start();
    private readonly byte[] committed = AuditChain.Start();
    private long number;
    private long committedNumber;

    public AuditTable(sqlite3 connection, Symbols symbols)
    {
        this.symbols = symbols;
        circumstances = new(connection, symbols);
        insert = new(connection, """
            INSERT INTO audit (num, at, actor, role, action, person, target, permitted, reason, hash, circumstance)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """);
        using var last = new Statement(connection, "SELECT num, hash FROM audit ORDER BY num DESC LIMIT 1");
        if (!last.Step()) return;
        number = committedNumber = last.Int64(0);
        last.Blob(1)[..Math.Min(AuditChain.HashLength, last.Blob(1).Length)].CopyTo(head);
        head.CopyTo(committed, 0);
    }

    /// <returns>Number of the entry.</returns>
    public long Append(AuditEntry entry)
    {
        var at = Time.Of(entry.At);
        var circumstance = Circumstance.Of(entry);
        chain.BeginSecondForm(head, number + 1, at, entry.Permitted);
        chain.Text(entry.Actor);
        chain.Text(entry.Role);
        chain.Text(entry.Action);
        chain.Text(entry.PersonId);
        chain.Text(entry.Target);
        chain.Text(entry.Reason);
        circumstance.WriteTo(chain);
        Span<byte> hash = stackalloc byte[AuditChain.HashLength];
        chain.Hash(hash);
        insert.Bind(1, number + 1).Bind(2, at).Bind(3, symbols.Of(entry.Actor)).Bind(4, symbols.Of(entry.Role))
            .Bind(5, symbols.Of(entry.Action)).Bind(6, symbols.OfOptional(entry.PersonId)).Bind(7, entry.Target)
            .Bind(8, entry.Permitted ? 1 : 0).Bind(9, symbols.Of(entry.Reason)).Bind(10, hash).Bind(11, circumstances.Of(circumstance)).Run();
        hash.CopyTo(head);
        return ++number;
    }

    public void Committed()
    {
        committedNumber = number;
        head.CopyTo(committed, 0);
        circumstances.Committed();
    }

    public void RolledBack()
    {
        number = committedNumber;
        committed.CopyTo(head, 0);
        circumstances.RolledBack();
    }
}
