using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Audit;

/// <summary>Computes the hashes of rows again from what the store holds now. For one thread at a time.</summary>
internal sealed class AuditRehash(sqlite3 connection) : IDisposable
{
    // Each column costs a call into the engine: no column is asked twice, and the decision comes with the circumstance.
    public const string Columns = "num, hash, at, ifnull(circumstance, 0) * 2 + (permitted = 1), actor, role, action, ifnull(person, 0), target, reason";

    private readonly AuditChain chain = new();
    private readonly SymbolTexts symbols = new(connection);
    private readonly Statement circumstance = new(connection, """
        SELECT purpose, address, source, certificate, provider, on_behalf_of, care_relation FROM audit_circumstance WHERE num = ?1
        """);

    // Few, for many rows share one.
    private readonly Dictionary<long, byte[]> circumstances = [];

    /// <param name="row">A row of <see cref="Columns"/>.</param>
    /// <param name="number">The number that the row is hashed under; its own but for a test whether it stood elsewhere.</param>
    public void Hash(Statement row, ReadOnlySpan<byte> previous, long number, Span<byte> hash)
    {
        var decision = row.Int64(3);
        var shared = decision >> 1;
        if (shared == 0) chain.BeginFirstForm(previous, number, row.Int64(2), (decision & 1) == 1);
        else chain.BeginSecondForm(previous, number, row.Int64(2), (decision & 1) == 1);
        chain.Packed(symbols.Of(row.Int64(4)));
        chain.Packed(symbols.Of(row.Int64(5)));
        chain.Packed(symbols.Of(row.Int64(6)));
        if (row.Int64(7) is var person and not 0) chain.Packed(symbols.Of(person));
        else chain.Absent();
        chain.Utf8(row.Blob(8));
        chain.Packed(symbols.Of(row.Int64(9)));
        if (shared != 0) chain.Packed(Circumstance(shared));
        chain.Hash(hash);
    }

    public void Dispose()
    {
        symbols.Dispose();
        circumstance.Dispose();
    }

    private byte[] Circumstance(long number)
    {
        if (circumstances.TryGetValue(number, out var known)) return known;
        var written = new List<byte>();
        if (circumstance.Bind(1, number).Step())
        {
            for (var column = 0; column < 6; column++)
                written.AddRange(circumstance.Int64(column) == 0 ? [0xFF, 0xFF, 0xFF, 0xFF] : symbols.Of(circumstance.Int64(column)));
            written.Add((byte)circumstance.Int64(6));
            circumstance.Reset();
        }

        return circumstances[number] = [.. written];
    }
}
