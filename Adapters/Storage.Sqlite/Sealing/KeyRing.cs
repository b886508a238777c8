using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Rejections;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <summary>The keys in memory, and the opening of what they sealed. For all threads.</summary>
internal sealed class KeyRing(DamagedContent damaged)
{
    // About 1 KB each; one that is not there is unwrapped again.
    private const int Capacity = 8192;

    private readonly ConcurrentDictionary<long, DataKey> keys = new();
    private readonly ConcurrentDictionary<long, WrappingKey> wrapping = new();
    private volatile bool plainTaken;

    public DamagedContent Damaged => damaged;

    /// <summary>True while content that was never sealed may still stand in the store.</summary>
    public bool PlainTaken
    {
        get => plainTaken;
        set => plainTaken = value;
    }

    /// <summary>Key of the hashes of resources, 32 bytes.</summary>
    public byte[] ContentHashKey { get; set; } = [];

    public void Add(long number, WrappingKey key) => wrapping[number] = key;

    public WrappingKey Wrapping(long number) => wrapping[number];

    public void Add(DataKey key)
    {
        if (keys.Count >= Capacity) keys.Clear();
        keys[key.Number] = key;
    }

    /// <summary>What was packed before it was sealed, unpacked.</summary>
    /// <param name="connection">Of the caller's thread; asked for the key where it is not in memory.</param>
    /// <exception cref="RejectedException">It cannot be opened: the row is named, told to the audit trail, and shown on the readiness page.</exception>
    public byte[] Open(sqlite3 connection, SealedPlace place, ReadOnlySpan<byte> stored)
    {
        var rented = ArrayPool<byte>.Shared.Rent(stored.Length);
        try
        {
            var content = Packed.Unpack(rented.AsSpan(0, Unseal(connection, place, stored, rented)));
            damaged.Clear(place);
            return content;
        }
        catch (Exception fault) when (fault is RejectedException or InvalidDataException or AuthenticationTagMismatchException or OverflowException)
        {
            throw Damage(place, fault);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    /// <summary>What was sealed, still packed.</summary>
    /// <inheritdoc cref="Open"/>
    public byte[] OpenPacked(sqlite3 connection, SealedPlace place, ReadOnlySpan<byte> stored)
    {
        var packed = new byte[stored.Length];
        try
        {
            return packed[..Unseal(connection, place, stored, packed)];
        }
        catch (Exception fault) when (fault is RejectedException or InvalidDataException or AuthenticationTagMismatchException)
        {
            throw Damage(place, fault);
        }
    }

    /// <inheritdoc cref="Open"/>
    /// <returns>Null for a column that is NULL, which reads as empty.</returns>
    public ReadOnlyMemory<byte>? OpenOptional(sqlite3 connection, SealedPlace place, ReadOnlySpan<byte> stored)
    {
        // A conditional expression would turn null into empty memory.
        if (stored.IsEmpty) return null;
        return Open(connection, place, stored);
    }

    /// <summary>Unwraps the key of a row.</summary>
    /// <exception cref="RejectedException">DataKeyDamaged.</exception>
    public void Unwrap(DataKeyRow row, long wrappedBy, ReadOnlySpan<byte> wrapped, Span<byte> key)
    {
        if (!wrapping.TryGetValue(wrappedBy, out var by) || !by.TryUnwrap(row, wrapped, key))
            throw new RejectedException(new(RejectionCode.DataKeyDamaged, $"data key {row.Number}: it cannot be unwrapped"));
    }

    private RejectedException Damage(SealedPlace place, Exception fault)
    {
        var refused = fault as RejectedException ?? new(new(RejectionCode.ContentDamaged, $"{place}: the content was altered, cut off or moved"));
        damaged.Report(place, refused.Rejection);
        return refused;
    }

    /// <param name="packed">As long as what is stored, or longer.</param>
    /// <returns>Length of the packed content.</returns>
    private int Unseal(sqlite3 connection, SealedPlace place, ReadOnlySpan<byte> stored, Span<byte> packed)
    {
        if (!SealedContent.IsSealed(stored))
        {
            if (!plainTaken) throw new RejectedException(new(RejectionCode.ContentNotSealed, $"{place}: the content is not sealed, though all of this store is"));
            stored.CopyTo(packed);
            return stored.Length;
        }

        var content = SealedContent.Read(stored);
        Find(connection, content.Key, place).Open(place, content, packed[..content.Ciphertext.Length]);
        return content.Ciphertext.Length;
    }

    private DataKey Find(sqlite3 connection, long number, SealedPlace place)
    {
        if (keys.TryGetValue(number, out var known)) return known;
        using var row = new Statement(connection, "SELECT provider, epoch, wrapping_key, wrapped FROM data_key WHERE num = ?1 AND purpose = 1 AND wrapped IS NOT NULL");
        if (!row.Bind(1, number).Step()) throw new RejectedException(new(RejectionCode.DataKeyUnknown, $"{place}: it was sealed with data key {number}, which is not there"));
        Span<byte> bytes = stackalloc byte[DataKey.Length];
        Unwrap(new(number, DataKeyPurpose.Seal, row.Text(0), row.Int32(1)), row.Int64(2), row.Blob(3), bytes);
        var key = new DataKey(number, row.Text(0), bytes);
        CryptographicOperations.ZeroMemory(bytes);
        Add(key);
        return key;
    }
}
