using System.Security.Cryptography;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <summary>Finds the keys when the store opens. A database that has none yet, new or written by a program that did not seal, gets its first.</summary>
internal static class KeyOpening
{
    /// <exception cref="RejectedException">The wrapping key is not there, or is not the one: the store must not open.</exception>
    public static void Run(SqliteConnection connection, KeyFolder folder, KeyRing ring, DateTimeOffset now)
    {
        DatabaseFile.Execute(connection, "BEGIN IMMEDIATE");
        try
        {
            Open(connection.Handle!, folder, ring, Time.Of(now));
            DatabaseFile.Execute(connection, "COMMIT");
        }
        catch
        {
            DatabaseFile.RollBack(connection);
            throw;
        }
    }

    private static void Open(sqlite3 connection, KeyFolder folder, KeyRing ring, long now)
    {
        using var inForce = new Statement(connection, "SELECT num, fingerprint FROM wrapping_key WHERE retired_at IS NULL");
        if (inForce.Step())
        {
            ring.Add(inForce.Int64(0), folder.Find(inForce.Blob(1)));
            inForce.Reset();
        }
        else
        {
            Begin(connection, folder, ring, now);
        }

        // Keys of an earlier run open, and seal nothing more.
        Run(connection, "UPDATE data_key SET state = 2 WHERE state = 1");
        ring.ContentHashKey = ContentHashKey(connection, ring);
        using var plain = new Statement(connection, "SELECT count(*) FROM reencryption WHERE plain = 1 AND finished_at IS NULL");
        plain.Step();
        ring.PlainTaken = plain.Int64(0) > 0;
    }

    private static void Begin(sqlite3 connection, KeyFolder folder, KeyRing ring, long now)
    {
        var key = folder.Only() ?? folder.Make();
        using var add = new Statement(connection, "INSERT INTO wrapping_key (num, fingerprint, made_at) VALUES (1, ?1, ?2)");
        add.Bind(1, key.Fingerprint).Bind(2, now).Run();
        ring.Add(1, key);

        Span<byte> bytes = stackalloc byte[DataKey.Length];
        RandomNumberGenerator.Fill(bytes);
        new Sealer(connection, ring, new(connection, () => new([], [], []))) { Now = now }.Add(DataKeyPurpose.ContentHash, ProviderOfSource.Nobody, bytes, key, 1);
        CryptographicOperations.ZeroMemory(bytes);

        Run(connection, $"""
            INSERT INTO reencryption (started_at, plain, next_deposit, last_deposit, next_review, last_review, failed)
            SELECT {now}, 1, 1, coalesce((SELECT max(id) FROM deposit), 0), 1, coalesce((SELECT max(id) FROM identity_review), 0), 0
            WHERE EXISTS (SELECT 1 FROM deposit) OR EXISTS (SELECT 1 FROM identity_review)
            """);
    }

    private static byte[] ContentHashKey(sqlite3 connection, KeyRing ring)
    {
        using var row = new Statement(connection, "SELECT num, provider, epoch, wrapping_key, wrapped FROM data_key WHERE purpose = 2 AND wrapped IS NOT NULL");
        if (!row.Step()) throw new RejectedException(new(RejectionCode.DataKeyUnknown, "The key of the content hashes is not there"));
        var key = new byte[DataKey.Length];
        ring.Unwrap(new(row.Int64(0), DataKeyPurpose.ContentHash, row.Text(1), row.Int32(2)), row.Int64(3), row.Blob(4), key);
        return key;
    }

    private static void Run(sqlite3 connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        statement.Run();
    }
}
