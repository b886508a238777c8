using System.Buffers;
using System.Security.Cryptography;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Win32.SafeHandles;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;

/// <summary>
/// An object that comes in: hashed and sealed as it is written, one chunk held back until it is known whether it is the last. A small one never
/// becomes a file.
/// </summary>
internal sealed class InstanceObject(InstanceKeeping keeping, ObjectFolder folder) : IInstanceObject
{
    /// <summary>Chunks that are sent to the disk together while more come.</summary>
    private const int WrittenBack = 4;

    /// <summary>Chunks until their memory is given back: the disk has them by then.</summary>
    private const int GivenBack = 128;

    private readonly byte[] key = RandomNumberGenerator.GetBytes(ObjectCipher.KeyLength);
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] held = ArrayPool<byte>.Shared.Rent(ObjectCipher.ChunkLength);
    private ObjectCipher? cipher;
    private byte[]? sealedChunk;
    private SafeFileHandle? file;
    private string? incoming;
    private byte[]? placed;
    private int heldLength;
    private int mostHeld;
    private long chunks;
    private long length;
    private bool closed;

    public ValueTask<Rejection?> WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<Rejection?>(cancellationToken);
        try
        {
            // Into the page cache: a hop to another thread would cost more.
            hash.AppendData(part.Span);
            length += part.Length;
            Take(part.Span);
            return default;
        }
        catch (Exception fault) when (DiskFault.AsRejection(fault) is { } rejection)
        {
            return new(rejection);
        }
    }

    public async Task<Result<InstanceReceipt>> KeepAsync(InstanceEntry entry, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        try
        {
            var sha256 = hash.GetHashAndReset();
            var small = file is null && length <= InstanceKeeping.SmallObject;
            byte[]? inRow = null;
            if (small)
            {
                inRow = new byte[heldLength + ObjectCipher.TagLength];
                Cipher.Seal(0, last: true, held.AsSpan(0, heldLength), inRow);
            }
            else
            {
                SealToFile(held.AsSpan(0, heldLength), last: true);
            }

            var row = InstanceRow.Of(entry, keeping.ContentHashKey, key, sha256, length, inRow);
            if (small) return await keeping.KeepSmallAsync(row).ConfigureAwait(false);
            var receipt = await keeping.KeepFileAsync(row, file!, incoming!, cancellationToken).ConfigureAwait(false);
            if (receipt is { Accepted: true, Value.Verdict: InstanceVerdict.New }) (placed, incoming) = (row.Name, null);
            return receipt;
        }
        catch (Exception fault) when (fault is not RejectedException && DiskFault.AsRejection(fault) is { } rejection)
        {
            return rejection;
        }
        catch (RejectedException refused)
        {
            return refused.Rejection;
        }
    }

    public ValueTask DisposeAsync()
    {
        if (closed) return ValueTask.CompletedTask;
        closed = true;
        cipher?.Dispose();
        hash.Dispose();
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(held.AsSpan(0, mostHeld));
        ArrayPool<byte>.Shared.Return(held);
        if (sealedChunk is not null) ArrayPool<byte>.Shared.Return(sealedChunk);
        if (file is not null && placed is not null) ObjectPages.GiveBack(file, 0, 0);
        file?.Dispose();
        if (placed is not null) keeping.Placed(placed);
        else if (incoming is not null) keeping.Discarded(incoming);

        return ValueTask.CompletedTask;
    }

    private ObjectCipher Cipher => cipher ??= new(key);

    private void Take(ReadOnlySpan<byte> part)
    {
        // Only what something follows is certainly not the last chunk.
        while (heldLength + part.Length > ObjectCipher.ChunkLength)
        {
            if (heldLength == 0)
            {
                SealToFile(part[..ObjectCipher.ChunkLength], last: false);
                part = part[ObjectCipher.ChunkLength..];
                continue;
            }

            var room = ObjectCipher.ChunkLength - heldLength;
            part[..room].CopyTo(held.AsSpan(heldLength));
            mostHeld = ObjectCipher.ChunkLength;
            part = part[room..];
            SealToFile(held.AsSpan(0, ObjectCipher.ChunkLength), last: false);
            heldLength = 0;
        }

        part.CopyTo(held.AsSpan(heldLength));
        heldLength += part.Length;
        mostHeld = Math.Max(mostHeld, heldLength);
    }

    private void SealToFile(ReadOnlySpan<byte> content, bool last)
    {
        if (file is null)
        {
            incoming = folder.Incoming();
            file = File.OpenHandle(incoming, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
            sealedChunk = ArrayPool<byte>.Shared.Rent(ObjectCipher.SealedLength);
        }

        var bytes = sealedChunk.AsSpan(0, content.Length + ObjectCipher.TagLength);
        Cipher.Seal(chunks, last, content, bytes);
        RandomAccess.Write(file, bytes, chunks * ObjectCipher.SealedLength);
        chunks++;
        if (last || chunks % WrittenBack != 0) return;
        ObjectPages.BeginWriteBack(file, (chunks - WrittenBack) * ObjectCipher.SealedLength, WrittenBack * ObjectCipher.SealedLength);
        if (chunks % GivenBack == 0 && chunks > GivenBack) ObjectPages.GiveBack(file, (chunks - (2 * GivenBack)) * ObjectCipher.SealedLength, GivenBack * ObjectCipher.SealedLength);
    }
}
