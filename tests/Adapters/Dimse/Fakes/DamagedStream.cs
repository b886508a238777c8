namespace EHealthPlus.Tests.Adapters.Dimse.Fakes;

/// <summary>Reads well for some bytes and then fails, as an object does whose disk or seal is damaged.</summary>
public sealed class DamagedStream(Stream whole) : Stream
{
    private const int Good = 600;

    private int read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => whole.Length;

    public override long Position { get => whole.Position; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (read >= Good) throw new IOException("damaged");
        var taken = whole.Read(buffer, offset, Math.Min(count, Good - read));
        read += taken;
        return taken;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) whole.Dispose();
        base.Dispose(disposing);
    }
}
