using System.Security.Cryptography;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Routing.Contracts.Keys;
using EHealthPlus.Routing.Contracts.Rejections;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <summary>Replaces keys, in one transaction. For the writer's thread only.</summary>
internal sealed class KeyRotation(sqlite3 connection, Sealer sealer, KeyRing ring)
{
    public static readonly Rejection Running = new(RejectionCode.RotationRunning, "The rotation before is not finished: ./ehp key list shows how far it is");

    private readonly Statement running = new(connection, "SELECT count(*) FROM reencryption WHERE finished_at IS NULL");
    private readonly Statement retireWrapping = new(connection, "UPDATE wrapping_key SET retired_at = ?1 WHERE retired_at IS NULL");
    private readonly Statement addWrapping = new(connection, "INSERT INTO wrapping_key (fingerprint, made_at) VALUES (?1, ?2)");
    private readonly Statement wrapped = new(connection, "SELECT num, purpose, provider, epoch, wrapping_key, wrapped FROM data_key WHERE wrapped IS NOT NULL AND num > ?1 ORDER BY num LIMIT 1");
    private readonly Statement retire = new(connection, "UPDATE data_key SET state = 3 WHERE state IN (1, 2) AND purpose = 1 AND (?1 IS NULL OR provider = ?1)");
    private readonly Statement begin = new(connection, """
        INSERT INTO reencryption (started_at, plain, next_deposit, last_deposit, next_review, last_review, failed, last_study, last_series, last_instance, last_step)
        VALUES (?1, 0, 1, (SELECT coalesce(max(id), 0) FROM deposit), 1, (SELECT coalesce(max(id), 0) FROM identity_review), 0,
          (SELECT coalesce(max(num), 0) FROM imaging_study), (SELECT coalesce(max(num), 0) FROM imaging_series), (SELECT coalesce(max(num), 0) FROM imaging_instance),
          (SELECT coalesce(max(num), 0) FROM performed_step))
        """);

    /// <param name="wrapping">The new wrapping key, its file on disk; null to keep the one in force.</param>
    /// <param name="content">True where data keys are replaced too.</param>
    /// <param name="providerId">Only those of one provider; null for all.</param>
    /// <returns>RotationRunning, with nothing changed; null when done.</returns>
    /// <exception cref="RejectedException">A data key cannot be unwrapped.</exception>
    public Rejection? Rotate(WrappingKey? wrapping, bool content, string? providerId, long now)
    {
        running.Step();
        var busy = running.Int64(0) > 0;
        running.Reset();
        if (busy) return Running;
        if (wrapping is not null) Rewrap(wrapping, now);
        if (!content) return null;
        retire.Bind(1, providerId).Run();
        sealer.Forget(providerId);
        begin.Bind(1, now).Run();
        return null;
    }

    private void Rewrap(WrappingKey by, long now)
    {
        retireWrapping.Bind(1, now).Run();
        addWrapping.Bind(1, by.Fingerprint).Bind(2, now).Run();
        var byNumber = raw.sqlite3_last_insert_rowid(connection);
        ring.Add(byNumber, by);
        Span<byte> key = stackalloc byte[DataKey.Length];
        for (long last = 0; wrapped.Bind(1, last).Step();)
        {
            var row = new DataKeyRow(wrapped.Int64(0), (DataKeyPurpose)wrapped.Int32(1), wrapped.Text(2), wrapped.Int32(3));
            try
            {
                ring.Unwrap(row, wrapped.Int64(4), wrapped.Blob(5), key);
            }
            finally
            {
                wrapped.Reset();
            }

            sealer.Wrap(row, key, by, byNumber);
            last = row.Number;
        }

        CryptographicOperations.ZeroMemory(key);
    }
}
