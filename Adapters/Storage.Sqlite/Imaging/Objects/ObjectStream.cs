using System.Buffers;
using System.Security.Cryptography;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;

/// <summary>The content of a sealed object. Only the chunks that are read are opened, one in memory at a time.</summary>
/// <param name="stored">The sealed bytes; closed with this stream.</param>
/// <param name="length">Of the content, from the index row.</param>
/// <param name="damaged">Tells of the damage, and gives what to throw.</param>
internal sealed class ObjectStream(Stream stored, ReadOnlySpan<byte> key, long length, Func<Exception> damaged) : Stream
{
    private readonly ObjectCipher cipher = new(key);
    private readonly long last = ObjectCipher.LastOf(length);
    private readonly byte[] opened = ArrayPool<byte>.Shared.Rent(ObjectCipher.ChunkLength);
    private readonly byte[] sealedChunk = ArrayPool<byte>.Shared.Rent(ObjectCipher.SealedLength);
    private long openedChunk = -1;
    private bool closed;

    public override bool CanRead => !closed;

    public override bool CanSeek => !closed;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (buffer.IsEmpty || Position >= length) return 0;
        var (chunk, within) = (Position / ObjectCipher.ChunkLength, (int)(Position % ObjectCipher.ChunkLength));
        var inChunk = InChunk(chunk);
        var count = Math.Min(buffer.Length, inChunk - within);
        if (count == inChunk && chunk != openedChunk)
        {
            // All of it is wanted: opened where it is to be.
            Open(chunk, buffer[..inChunk]);
        }
        else
        {
            if (chunk != openedChunk)
            {
                openedChunk = -1;
                Open(chunk, opened.AsSpan(0, inChunk));
                openedChunk = chunk;
            }

            opened.AsSpan(within, count).CopyTo(buffer);
        }

        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    // Of a local file all reads but the first ones are answered from the page cache: a hop to another thread would cost more than most of them, and wait
    // there for the disk in the others.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin)
    {
        var position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => length + offset,
        };
        ArgumentOutOfRangeException.ThrowIfNegative(position, nameof(offset));
        return Position = position;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !closed)
        {
            closed = true;
            cipher.Dispose();
            stored.Dispose();
            ArrayPool<byte>.Shared.Return(opened, clearArray: true);
            ArrayPool<byte>.Shared.Return(sealedChunk);
        }

        base.Dispose(disposing);
    }

    private int InChunk(long chunk) => chunk == last ? (int)(length - (last * ObjectCipher.ChunkLength)) : ObjectCipher.ChunkLength;

    private void Open(long chunk, Span<byte> content)
    {
        var bytes = sealedChunk.AsSpan(0, content.Length + ObjectCipher.TagLength);
        stored.Position = chunk * ObjectCipher.SealedLength;
        if (stored.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw damaged();
        try
        {
            cipher.Open(chunk, chunk == last, bytes, content);
        }
        catch (CryptographicException)
        {
            content.Clear();
            throw damaged();
        }
    }
}
