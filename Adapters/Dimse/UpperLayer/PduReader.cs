using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>
/// Reads PDUs (PS3.8-2024 section 9.3). Data values are handed on as their bytes come, without waiting for the PDU to be whole, and without a copy:
/// how long a PDU or an object is makes no difference to the memory that is held.
/// </summary>
internal sealed class PduReader(PipeReader input, LinkClock clock, LinkLimits limits, Action? acknowledge)
{
    private const int HeaderLength = 6;

    // Length of four bytes, context id, message control header.
    private const int ValueHeaderLength = 6;

    // Bytes still to come of the P-DATA-TF, and of its presentation data value.
    private uint pduLeft;
    private uint valueLeft;
    private bool inValue;
    private byte contextId;
    private byte control;
    private long pduDeadline;

    // Bytes of a PDU are here whose type is not read yet, or which is taken whole.
    private bool begun;

    private SequencePosition? consumed;

    /// <summary>Nothing of a PDU is here that is not done with.</summary>
    private bool BetweenPdus => pduLeft == 0 && !inValue && !begun;

    /// <summary>How long the first byte of the next PDU may take.</summary>
    public TimeSpan Patience { get; set; } = limits.AssociationTimeout;

    /// <summary>What comes next goes on with what has begun: its sender may hold it back until what it sent before is acknowledged.</summary>
    public bool Unfinished { get; set; } = true;

    public async ValueTask<PduPart> NextAsync()
    {
        if (consumed is { } position)
        {
            input.AdvanceTo(position);
            consumed = null;
        }

        while (true)
        {
            if (!input.TryRead(out var read))
            {
                SetDeadline();
                // The end of a message is acknowledged with the answer.
                if (Unfinished || !BetweenPdus) acknowledge?.Invoke();
                read = await input.ReadAsync(CancellationToken.None);
            }

            var overdue = clock.ReadOverdue;
            var buffer = read.Buffer;
            if (Take(ref buffer) is { } part)
            {
                clock.ReadDone();
                consumed = buffer.Start;
                return part;
            }

            // Headers are taken as they come; what is left is less than the next piece.
            var rest = buffer.Length;
            input.AdvanceTo(buffer.Start, buffer.End);
            if (rest > 0 && BetweenPdus)
            {
                begun = true;
                pduDeadline = clock.After(limits.PduTimeout);
            }

            if (read.IsCompleted) return PduPart.Of(BetweenPdus ? PartKind.Closed : PartKind.Broken);
            if (!read.IsCanceled) continue;
            clock.ReadDone();
            return PduPart.Of(overdue ? PartKind.Overdue : PartKind.Woken);
        }
    }

    /// <summary>Throws away what comes until the other side closes, at most so long.</summary>
    public async ValueTask DiscardAsync(TimeSpan limit)
    {
        if (consumed is { } position) input.AdvanceTo(position);
        consumed = null;
        clock.ReadWithin(limit);
        while (!clock.ReadOverdue)
        {
            var read = await input.ReadAsync(CancellationToken.None);
            input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }

        clock.ReadDone();
    }

    private PduPart? Take(ref ReadOnlySequence<byte> buffer)
    {
        while (true)
        {
            if (inValue) return TakeData(ref buffer);
            if (pduLeft > 0)
            {
                if (pduLeft < ValueHeaderLength) return PduPart.Faulty(AbortCause.InvalidParameter);
                if (!TryHeader(ref buffer, out var length, out contextId, out control)) return null;
                if (length < 2 || length > pduLeft - 4) return PduPart.Faulty(AbortCause.InvalidParameter);
                pduLeft -= ValueHeaderLength;
                valueLeft = length - 2;
                inValue = true;
                continue;
            }

            if (Head(buffer) is not { } head) return null;
            var (type, pduLength) = head;
            if (type is not (>= PduType.AssociateRequest and <= PduType.Abort)) return PduPart.Faulty(AbortCause.UnrecognizedPdu);
            if (type == PduType.Data)
            {
                if (pduLength < ValueHeaderLength || pduLength > limits.MaxPduLength) return PduPart.Faulty(AbortCause.InvalidParameter);
                buffer = buffer.Slice(HeaderLength);
                pduLeft = pduLength;
                begun = false;
                pduDeadline = clock.After(limits.PduTimeout + TimeSpan.FromSeconds((double)pduLength / limits.MinimumRate));
                continue;
            }

            if (pduLength > limits.MaxAssociatePduLength) return PduPart.Faulty(AbortCause.InvalidParameter);
            if (buffer.Length < HeaderLength + pduLength) return null;
            var field = buffer.Slice(HeaderLength, pduLength);
            buffer = buffer.Slice(field.End);
            begun = false;
            return new(PartKind.Pdu, type, field, 0, false, false, default);
        }
    }

    private PduPart? TakeData(ref ReadOnlySequence<byte> buffer)
    {
        var here = (uint)Math.Min(buffer.Length, valueLeft);
        if (here == 0 && valueLeft > 0) return null;
        var bytes = buffer.Slice(0, here);
        buffer = buffer.Slice(here);
        valueLeft -= here;
        pduLeft -= here;
        inValue = valueLeft > 0;
        return new(PartKind.Data, PduType.Data, bytes, contextId, (control & 1) != 0, (control & 2) != 0 && valueLeft == 0, default);
    }

    private static (PduType Type, uint Length)? Head(in ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length < HeaderLength)
        {
            // A type that is none needs no six bytes: whoever speaks another protocol is told at once.
            return buffer.Length > 0 && buffer.FirstSpan[0] is 0 or > (byte)PduType.Abort ? ((PduType)buffer.FirstSpan[0], 0) : null;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, HeaderLength).CopyTo(header);
        return ((PduType)header[0], BinaryPrimitives.ReadUInt32BigEndian(header[2..]));
    }

    private static bool TryHeader(ref ReadOnlySequence<byte> buffer, out uint length, out byte context, out byte control)
    {
        (length, context, control) = (0, 0, 0);
        if (buffer.Length < ValueHeaderLength) return false;
        Span<byte> header = stackalloc byte[ValueHeaderLength];
        buffer.Slice(0, ValueHeaderLength).CopyTo(header);
        buffer = buffer.Slice(ValueHeaderLength);
        length = BinaryPrimitives.ReadUInt32BigEndian(header);
        context = header[4];
        control = header[5];
        return true;
    }

    /// <summary>A PDU that has begun has its time from its first byte or its header on, however its bytes drip in.</summary>
    private void SetDeadline()
    {
        if (BetweenPdus) clock.ReadWithin(Patience);
        else clock.ReadBy(pduDeadline);
    }
}
