using System.Buffers;
using System.IO.Compression;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Transformers.Dicom.Reading;

/// <summary>Inflates a deflated data set (PS3.5-2024 A.5, RFC 1951) as it comes. Holds one part in, and one buffer out.</summary>
internal sealed class Inflation : IDisposable
{
    /// <summary>What a deflated data set may become: above it, it is made to do harm.</summary>
    private const long InflatedLimit = 4L << 30;

    private readonly PartStream parts = new();
    private readonly DeflateStream inflater;
    private byte[] input = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private byte[] output = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private long inflated;

    public Inflation() => inflater = new DeflateStream(parts, CompressionMode.Decompress);

    public Rejection? Feed(ReadOnlySpan<byte> part, ElementReader reader)
    {
        while (!part.IsEmpty)
        {
            int count = Math.Min(part.Length, input.Length);
            part[..count].CopyTo(input);
            part = part[count..];
            parts.Offer(input, count);
            if (Inflate(reader) is { } fault) return fault;
        }
        return null;
    }

    public void Dispose()
    {
        inflater.Dispose();
        if (input.Length > 0) ArrayPool<byte>.Shared.Return(input);
        if (output.Length > 0) ArrayPool<byte>.Shared.Return(output);
        input = output = [];
    }

    private Rejection? Inflate(ElementReader reader)
    {
        try
        {
            // The inflater keeps its state where it finds nothing more to read, and goes on with the next part.
            while (inflater.Read(output, 0, output.Length) is > 0 and var made)
            {
                inflated += made;
                if (inflated > InflatedLimit) return new Rejection(RejectionCode.InflatedTooLarge, "The data set inflates to more than 4 GiB");
                if (reader.Feed(output.AsSpan(0, made)) is { } fault) return fault;
            }
            return null;
        }
        catch (InvalidDataException)
        {
            return new Rejection(RejectionCode.DataSetInvalid, "The data set is not deflated as RFC 1951 says");
        }
    }

    /// <summary>Gives the part that was offered, and then nothing until the next.</summary>
    private sealed class PartStream : Stream
    {
        private byte[] bytes = [];
        private int at;
        private int end;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void Offer(byte[] part, int length) => (bytes, at, end) = (part, 0, length);

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = Math.Min(buffer.Length, end - at);
            bytes.AsSpan(at, count).CopyTo(buffer);
            at += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
