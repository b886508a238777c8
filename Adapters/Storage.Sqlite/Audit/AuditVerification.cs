using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Data.Sqlite;

namespace EHealthPlus.Adapters.Storage.Sqlite.Audit;

/// <summary>
/// Verifies the whole audit trail of a store that may be closed, in use, or a copy. It only reads; in parts, so that a hub in use
/// can go on emptying its log of writes.
/// </summary>
public static class AuditVerification
{
    private const int RowsAtOnce = 50_000;

    /// <param name="dataDirectory">Folder of hub.db.</param>
    /// <param name="checkpoints">In order of their numbers.</param>
    /// <exception cref="RejectedException">The database is held, damaged, of another program, or cannot be read; the rejection says what to do.</exception>
    public static AuditVerdict Run(string dataDirectory, IReadOnlyList<AuditCheckpoint> checkpoints, CancellationToken cancellationToken)
    {
        NativeEngine.Use();
        var file = new DatabaseFile(dataDirectory);
        try
        {
            return Walked(file, checkpoints, cancellationToken);
        }
        catch (SqliteException fault)
        {
            throw new RejectedException(SqliteFault.AtOpening(fault, file.Path)
                ?? new(RejectionCode.StoreUnavailable, $"{file.Path} is no store of this version of the hub ({fault.Message}). Start the hub with it once, or put the database back from its backup"));
        }
    }

    private static AuditVerdict Walked(DatabaseFile file, IReadOnlyList<AuditCheckpoint> checkpoints, CancellationToken cancellationToken)
    {
        using var connection = file.OpenReader();
        using var rehash = new AuditRehash(connection.Handle!);
        using var select = new Statement(connection.Handle!, $"SELECT {AuditRehash.Columns} FROM audit WHERE num >= ?1 ORDER BY num LIMIT ?2");
        var walk = new Walk(rehash, select, checkpoints);
        while (walk.Take(RowsAtOnce)) cancellationToken.ThrowIfCancellationRequested();
        return walk.Verdict;
    }

    /// <summary>One pass over the rows.</summary>
    private sealed class Walk(AuditRehash rehash, Statement select, IReadOnlyList<AuditCheckpoint> checkpoints)
    {
        private readonly byte[] previous = AuditChain.Start();
        private readonly byte[] hash = new byte[AuditChain.HashLength];
        private long entries;
        private int agreed;
        private AuditFinding? finding;

        public AuditVerdict Verdict => new(entries, agreed, finding);

        /// <returns>False at the end, or at the first fault.</returns>
        public bool Take(int rows)
        {
            if (entries == 0 && !Agrees()) return false;
            // Rows numbered below the first have no place in the chain: the first part looks for them too.
            select.Bind(1, entries == 0 ? long.MinValue : entries + 1).Bind(2, rows);
            var left = rows;
            for (; select.Step(); left--)
            {
                if (Follows()) continue;
                select.Reset();
                return false;
            }

            if (left == 0) return true;
            if (agreed < checkpoints.Count) finding = new(AuditFault.TailCut, entries + 1, checkpoints[^1].Number);
            return false;
        }

        private bool Follows()
        {
            var number = select.Int64(0);
            if (number != entries + 1)
            {
                finding = number <= entries ? new(AuditFault.EntryInserted, number, number) : new(AuditFault.EntryMissing, entries + 1, number - 1);
                return false;
            }

            rehash.Hash(select, previous, number, hash);
            if (!select.Blob(1).SequenceEqual(hash))
            {
                finding = new(IsNextInPlace(number) ? AuditFault.EntryInserted : AuditFault.EntryAltered, number, number);
                return false;
            }

            hash.CopyTo(previous, 0);
            entries = number;
            return Agrees();
        }

        // Where an entry was put in and the later ones renumbered, the next row fits the row before, under this number.
        private bool IsNextInPlace(long number)
        {
            select.Reset();
            select.Bind(1, number + 1).Bind(2, 1);
            if (!select.Step() || select.Int64(0) != number + 1) return false;
            rehash.Hash(select, previous, number, hash);
            return select.Blob(1).SequenceEqual(hash);
        }

        private bool Agrees()
        {
            for (; agreed < checkpoints.Count && checkpoints[agreed].Number == entries; agreed++)
            {
                if (checkpoints[agreed].Hash.Span.SequenceEqual(previous)) continue;
                finding = new(AuditFault.EntriesRewritten, agreed == 0 ? 1 : checkpoints[agreed - 1].Number + 1, entries);
                return false;
            }

            return true;
        }
    }
}
