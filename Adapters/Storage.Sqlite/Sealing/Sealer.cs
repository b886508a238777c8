using System.Security.Cryptography;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <summary>
/// Seals content as it is written. The first content of a provider in a run of the hub makes a data key, in the same transaction. For the
/// writer's thread only.
/// </summary>
internal sealed class Sealer(sqlite3 connection, KeyRing ring, ProviderOfSource providers)
{
    private readonly Statement add = new(connection, """
        INSERT INTO data_key (purpose, provider, epoch, state, made_at, wrapping_key, wrapped)
        VALUES (?1, ?2, (SELECT coalesce(max(epoch), 0) + 1 FROM data_key WHERE provider = ?2 AND purpose = ?1), 1, ?3, ?4, NULL) RETURNING num, epoch
        """);
    private readonly Statement wrap = new(connection, "UPDATE data_key SET wrapped = ?2, wrapping_key = ?3 WHERE num = ?1");
    private readonly Statement keep = new(connection, "UPDATE data_key SET state = 2 WHERE num = ?1 AND state = 1");
    private readonly Statement current = new(connection, "SELECT num FROM wrapping_key WHERE retired_at IS NULL");
    private readonly Dictionary<string, DataKey> inUse = new(StringComparer.Ordinal);
    private readonly List<string> uncommitted = [];
    private byte[] room = new byte[64 << 10];

    /// <summary>Time of the transaction, milliseconds since 1970.</summary>
    public long Now { get; set; }

    /// <summary>Seals packed content under the key of the source's provider.</summary>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<byte> Seal(SealedPlace place, string? sourceId, ReadOnlySpan<byte> packed) => SealFor(place, providers.Of(sourceId), packed);

    /// <inheritdoc cref="Seal"/>
    /// <param name="source">Symbol of the source, 0 for none.</param>
    public ReadOnlySpan<byte> Seal(SealedPlace place, long source, ReadOnlySpan<byte> packed) => SealFor(place, providers.Of(source), packed);

    /// <summary>Makes a row for a key, wraps it with the wrapping key in force, and gives it its number.</summary>
    public DataKeyRow Add(DataKeyPurpose purpose, string providerId, ReadOnlySpan<byte> key, WrappingKey by, long byNumber)
    {
        add.Bind(1, (int)purpose).Bind(2, providerId).Bind(3, Now).Bind(4, byNumber).Step();
        var row = new DataKeyRow(add.Int64(0), purpose, providerId, add.Int32(1));
        add.Reset();
        Wrap(row, key, by, byNumber);
        return row;
    }

    public void Wrap(DataKeyRow row, ReadOnlySpan<byte> key, WrappingKey by, long byNumber) =>
        wrap.Bind(1, row.Number).Bind(2, by.Wrap(row, key)).Bind(3, byNumber).Run();

    /// <summary>The next content of that provider, or of each, gets a new key.</summary>
    public void Forget(string? providerId)
    {
        if (providerId is null) inUse.Clear();
        else inUse.Remove(providerId);
    }

    public void Committed() => uncommitted.Clear();

    /// <summary>A key whose row was rolled back must seal nothing more: nobody could open it.</summary>
    public void RolledBack()
    {
        foreach (var provider in uncommitted) inUse.Remove(provider);
        uncommitted.Clear();
    }

    private ReadOnlySpan<byte> SealFor(SealedPlace place, string providerId, ReadOnlySpan<byte> packed)
    {
        if (!inUse.TryGetValue(providerId, out var key) || key.Spent) key = Make(providerId, key);
        if (room.Length < packed.Length + SealedContent.Overhead) room = new byte[Math.Max(room.Length * 2, packed.Length + SealedContent.Overhead)];
        return room.AsSpan(0, key.Seal(place, packed, room));
    }

    private DataKey Make(string providerId, DataKey? spent)
    {
        if (spent is not null) keep.Bind(1, spent.Number).Run();
        current.Step();
        var byNumber = current.Int64(0);
        current.Reset();
        Span<byte> bytes = stackalloc byte[DataKey.Length];
        RandomNumberGenerator.Fill(bytes);
        var row = Add(DataKeyPurpose.Seal, providerId, bytes, ring.Wrapping(byNumber), byNumber);
        var key = new DataKey(row.Number, providerId, bytes);
        CryptographicOperations.ZeroMemory(bytes);
        inUse[providerId] = key;
        uncommitted.Add(providerId);
        ring.Add(key);
        return key;
    }
}
