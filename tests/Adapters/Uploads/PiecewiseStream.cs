namespace EHealthPlus.Tests.Adapters.Uploads;

/// <summary>Gives its bytes a few at a time, as a slow disk or network may.</summary>
internal sealed class PiecewiseStream(byte[] bytes, int piece) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
}

/// <summary>The same bytes again and again, without holding them all.</summary>
internal sealed class RepeatedStream(byte[] bytes, int times) : Stream
{
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => (long)bytes.Length * times;

    public override long Position { get => position; set => position = value; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = 0;
        while (read < count && position < Length)
        {
            var from = (int)(position % bytes.Length);
            var length = Math.Min(count - read, bytes.Length - from);
            Buffer.BlockCopy(bytes, from, buffer, offset + read, length);
            read += length;
            position += length;
        }

        return read;
    }

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
