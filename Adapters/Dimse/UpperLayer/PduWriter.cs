using System.Buffers;
using System.Buffers.Binary;
using EHealthPlus.Adapters.Dimse.Commands;

namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>Writes PDUs (PS3.8-2024 section 9.3). One message after the other: fragments of two are never mixed.</summary>
internal sealed class PduWriter(Stream output, LinkClock clock, LinkLimits limits)
{
    private const int PduHeader = 6;
    private const int ValueHeader = 6;
    private const int Headers = PduHeader + ValueHeader;

    /// <summary>PDUs of ours are no longer, however long the other side would take them. In bytes.</summary>
    private const uint LongestPdu = 128 * 1024;

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Content of the longest fragment that goes into a PDU that the other side takes. In bytes.</summary>
    private int fragment = 4096;

    /// <param name="maxPduLength">As the other side offers it: of the variable field, 0 for no limit. In bytes.</param>
    /// <returns>False where nothing fits into such PDUs.</returns>
    public bool Fit(uint maxPduLength)
    {
        // An even number of bytes in each fragment (PS3.8-2024 annex E.1).
        fragment = (int)(Math.Min(maxPduLength == 0 ? LongestPdu : maxPduLength, LongestPdu) - ValueHeader) & ~1;
        return maxPduLength == 0 || maxPduLength >= ValueHeader + 2;
    }

    /// <exception cref="IOException">The connection is gone.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> pdu, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await WriteAsync(pdu, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>A message without a data set, or with a small one.</summary>
    /// <exception cref="IOException">The connection is gone.</exception>
    public async ValueTask SendAsync(byte contextId, CommandSet command, ReadOnlyMemory<byte> dataSet, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(Sized(CommandWriting.MaxLength) + Sized(dataSet.Length));
        try
        {
            var at = Command(buffer, contextId, command);
            if (command.HasDataSet) at += Fragments(buffer.AsSpan(at), contextId, 0, dataSet.Span);
            await WriteAsync(buffer.AsMemory(0, at), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            turn.Release();
        }
    }

    /// <summary>A message with a data set that is written while it is sent.</summary>
    /// <param name="write">Writes the data set into the stream it is given.</param>
    /// <exception cref="IOException">The connection is gone, or the data set cannot be read: then half a message was sent, and only an abort can follow.</exception>
    public async ValueTask SendAsync(byte contextId, CommandSet command, Func<FragmentStream, ValueTask> write, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(Sized(CommandWriting.MaxLength));
        try
        {
            var length = Command(buffer, contextId, command);
            await using var stream = new FragmentStream(this, contextId, fragment, buffer.AsSpan(0, length), cancellationToken);
            await write(stream);
            await stream.CompleteAsync();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            turn.Release();
        }
    }

    /// <summary>Only while the turn is held.</summary>
    internal async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        clock.SendWithin(limits.SendTimeout);
        try
        {
            await output.WriteAsync(bytes, cancellationToken);
            await output.FlushAsync(cancellationToken);
        }
        catch (Exception gone) when (gone is ObjectDisposedException or InvalidOperationException)
        {
            throw new IOException("The connection is closed", gone);
        }
        finally
        {
            clock.SendDone();
        }
    }

    /// <param name="into">Room for the headers, with the fragment behind them.</param>
    /// <param name="control">1 for a command, 2 for the last fragment.</param>
    internal static void Head(Span<byte> into, byte contextId, byte control, int length)
    {
        into[0] = (byte)PduType.Data;
        into[1] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(into[2..], (uint)(length + ValueHeader));
        BinaryPrimitives.WriteUInt32BigEndian(into[PduHeader..], (uint)(length + 2));
        into[10] = contextId;
        into[11] = control;
    }

    private int Command(Span<byte> into, byte contextId, CommandSet command)
    {
        Span<byte> bytes = stackalloc byte[CommandWriting.MaxLength];
        return Fragments(into, contextId, 1, bytes[..CommandWriting.Write(command, bytes)]);
    }

    private int Fragments(Span<byte> into, byte contextId, byte control, ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        do
        {
            var part = bytes[..Math.Min(fragment, bytes.Length)];
            bytes = bytes[part.Length..];
            Head(into[at..], contextId, bytes.IsEmpty ? (byte)(control | 2) : control, part.Length);
            part.CopyTo(into[(at + Headers)..]);
            at += Headers + part.Length;
        }
        while (!bytes.IsEmpty);
        return at;
    }

    private int Sized(int length) => length + (Headers * ((length / fragment) + 1));
}
