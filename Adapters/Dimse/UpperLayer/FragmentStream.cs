using System.Buffers;

namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>What is written to it leaves as fragments of one data set, each as long as the other side takes it. Holds one fragment.</summary>
internal sealed class FragmentStream : Stream
{
    private const int Headers = 12;

    private readonly PduWriter writer;
    private readonly byte contextId;
    private readonly CancellationToken cancellation;
    private readonly byte[] buffer;
    private readonly int capacity;

    // Of the fragment in the buffer: where its headers begin, and how many bytes of it are there.
    private int start;
    private int filled;

    /// <param name="command">Leaves with the first fragment, in one packet where it is small.</param>
    public FragmentStream(PduWriter writer, byte contextId, int fragment, ReadOnlySpan<byte> command, CancellationToken cancellation)
    {
        this.writer = writer;
        this.contextId = contextId;
        this.cancellation = cancellation;
        capacity = fragment;
        buffer = ArrayPool<byte>.Shared.Rent(command.Length + Headers + fragment);
        command.CopyTo(buffer);
        start = command.Length;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>All of another stream, read straight into the fragments.</summary>
    public async ValueTask CopyFromAsync(Stream source)
    {
        while (true)
        {
            if (filled == capacity) await SendAsync(last: false);
            var read = await source.ReadAsync(buffer.AsMemory(start + Headers + filled, capacity - filled), cancellation);
            if (read == 0) return;
            filled += read;
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        while (!bytes.IsEmpty)
        {
            if (filled == capacity) await SendAsync(last: false);
            var part = bytes[..Math.Min(bytes.Length, capacity - filled)];
            part.CopyTo(buffer.AsMemory(start + Headers + filled));
            filled += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    public override Task WriteAsync(byte[] bytes, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(bytes.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Sends the last fragment.</summary>
    public ValueTask CompleteAsync() => SendAsync(last: true);

    public override void Flush()
    {
    }

    public override int Read(byte[] into, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] bytes, int offset, int count) => throw new NotSupportedException("Only asynchronous writing");

    protected override void Dispose(bool disposing)
    {
        if (disposing) ArrayPool<byte>.Shared.Return(buffer);
        base.Dispose(disposing);
    }

    private async ValueTask SendAsync(bool last)
    {
        PduWriter.Head(buffer.AsSpan(start), contextId, last ? (byte)2 : (byte)0, filled);
        await writer.WriteAsync(buffer.AsMemory(0, start + Headers + filled), cancellation);
        (start, filled) = (0, 0);
    }
}
