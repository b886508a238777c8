using System.Buffers;
using System.Buffers.Binary;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.TransferSyntaxes;

namespace EHealthPlus.Transformers.Dicom.Reading;

/// <summary>
/// Reads the elements of a data set (PS3.5-2024 section 7) as its bytes come, in parts of any size. Holds nothing but what its handler
/// asks for. Lengths are believed only as far as bytes come: nothing is reserved by a length that is stated.
/// </summary>
public sealed class ElementReader : IDisposable
{
    /// <summary>Items within items: what the standard's deepest structured reports need several times over.</summary>
    public const int DepthLimit = 64;

    private const uint Item = 0xFFFEE000;
    private const uint ItemEnd = 0xFFFEE00D;
    private const uint SequenceEnd = 0xFFFEE0DD;
    private const uint Undefined = 0xFFFFFFFF;
    private const uint PixelRepresentation = 0x00280103;

    private readonly IElementHandler handler;
    // Grows: most data sets nest two or three deep.
    private Level[] levels = new Level[8];
    private readonly byte[] scratch = new byte[12];
    private int top;
    private int scratched;
    private int depth;
    private long offset;
    private long remaining;
    private bool inValue;
    private bool signedPixels;
    private ElementHeader current;
    private ValueUse use;
    private byte[]? held;
    private int heldLength;
    private Rejection? fault;

    /// <param name="syntax">Deflated ones are inflated before: see <see cref="DataSetReader"/>.</param>
    /// <param name="depth">So many items are open around what is read.</param>
    public ElementReader(TransferSyntax syntax, IElementHandler handler, int depth = 0)
    {
        this.handler = handler;
        this.depth = depth;
        levels[0] = new(LevelKind.DataSet, long.MaxValue, long.MaxValue, syntax.Implicit, syntax.BigEndian);
    }

    /// <summary>Bytes of the data set that were read.</summary>
    public long Offset => offset;

    /// <summary>Bytes that come next and are only counted: a stream that can seek may leave them out, see <see cref="Skip"/>.</summary>
    public long Skippable => inValue && use == ValueUse.Skip && fault is null && current.Tag != PixelRepresentation ? remaining : 0;

    public Rejection? Feed(ReadOnlySpan<byte> part)
    {
        while (!part.IsEmpty && fault is null)
        {
            int taken = inValue ? TakeValue(part) : TakeHeader(part);
            part = part[taken..];
        }
        return fault;
    }

    /// <summary>Counts bytes of <see cref="Skippable"/> that are not fed.</summary>
    public void Skip(long count)
    {
        offset += count;
        remaining -= count;
        if (remaining == 0) EndValue();
    }

    /// <summary>All has been fed.</summary>
    public Rejection? Complete()
    {
        if (fault is null && (inValue || scratched > 0)) Refuse(RejectionCode.DataSetTruncated, "The data set ends in the middle of an element");
        if (fault is null && top > 0) Refuse(RejectionCode.DataSetTruncated, "The data set ends in the middle of a sequence");
        return fault;
    }

    public void Dispose()
    {
        if (held is not null) ArrayPool<byte>.Shared.Return(held);
        held = null;
    }

    private int TakeHeader(ReadOnlySpan<byte> part)
    {
        if (scratched == 0 && part.Length >= 12)
        {
            int length = HeaderLength(part);
            offset += length;
            ReadHeader(part, length);
            return length;
        }
        int taken = Scratch(part, 8);
        if (scratched < 8) return taken;
        int needed = HeaderLength(scratch);
        taken += Scratch(part[taken..], needed);
        if (scratched < needed) return taken;
        scratched = 0;
        offset += needed;
        ReadHeader(scratch, needed);
        return taken;
    }

    private int Scratch(ReadOnlySpan<byte> part, int upTo)
    {
        int count = Math.Min(Math.Max(upTo - scratched, 0), part.Length);
        part[..count].CopyTo(scratch.AsSpan(scratched));
        scratched += count;
        return count;
    }

    private int HeaderLength(ReadOnlySpan<byte> header)
    {
        ref readonly Level level = ref levels[top];
        if (level.Implicit || level.Kind is LevelKind.Sequence or LevelKind.Fragments) return 8;
        if (Group(header, level.BigEndian) == 0xFFFE) return 8;
        return VrTraits.Of(BinaryPrimitives.ReadUInt16BigEndian(header[4..])).IsLong() ? 12 : 8;
    }

    private static ushort Group(ReadOnlySpan<byte> header, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(header) : BinaryPrimitives.ReadUInt16LittleEndian(header);

    private static uint Number(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private void ReadHeader(ReadOnlySpan<byte> header, int headerLength)
    {
        Level level = levels[top];
        uint tag = ((uint)Group(header, level.BigEndian) << 16) | Group(header[2..], level.BigEndian);
        long start = offset - headerLength;
        if (level.Limit < offset)
        {
            Refuse(RejectionCode.DataSetInvalid, $"An element at byte {start} runs over the end of its item");
            return;
        }
        if (tag >> 16 == 0xFFFE || level.Kind is LevelKind.Sequence or LevelKind.Fragments)
        {
            ReadItemHeader(tag, Number(header[4..], level.BigEndian), start, level);
            return;
        }

        ushort letters = 0;
        Vr vr;
        uint length;
        if (level.Implicit)
        {
            vr = ElementDictionary.VrOf(tag, signedPixels);
            length = Number(header[4..], level.BigEndian);
        }
        else
        {
            letters = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
            vr = VrTraits.Of(letters);
            if (vr == Vr.Other && !AreLetters(letters))
            {
                Refuse(RejectionCode.DataSetInvalid, $"The element at byte {start} has no value representation");
                return;
            }
            length = headerLength == 12 ? Number(header[8..], level.BigEndian)
                : level.BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(header[6..]) : BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
        }
        Open(new(tag, vr, letters, length == Undefined ? -1 : length, start, headerLength, depth, level.Implicit), level);
    }

    // Other letters than upper case: DICOM would never give them a meaning (PS3.5-2024 6.2).
    private static bool AreLetters(ushort letters) => (letters >> 8) is >= 'A' and <= 'Z' && (letters & 0xFF) is >= 'A' and <= 'Z';

    private void Open(in ElementHeader header, in Level level)
    {
        long end = header.Undefined ? long.MaxValue : header.ValueOffset + header.Length;
        if (!header.Undefined && end > level.Limit)
        {
            Refuse(RejectionCode.DataSetInvalid, $"The element at byte {header.Offset} is longer than the item that it is in");
            return;
        }
        if (header.Vr == Vr.SQ || (header.Undefined && header.Vr == Vr.UN))
        {
            // The content of UN is implicit little endian, whatever is around it (PS3.5-2024 6.2.2, note 4).
            bool unknown = header.Vr == Vr.UN;
            handler.BeginSequence(header);
            Push(new(LevelKind.Sequence, end, Math.Min(end, level.Limit), unknown || level.Implicit, !unknown && level.BigEndian));
            CloseEnded();
        }
        else if (header.Undefined && header.Vr is (Vr.OB or Vr.OW))
        {
            handler.BeginFragments(header);
            Push(new(LevelKind.Fragments, long.MaxValue, level.Limit, false, level.BigEndian));
        }
        else if (header.Undefined)
        {
            Refuse(RejectionCode.DataSetInvalid, $"The element at byte {header.Offset} has no length");
        }
        else
        {
            OpenValue(header);
        }
    }

    private void ReadItemHeader(uint tag, uint length, long start, in Level level)
    {
        switch (level.Kind, tag)
        {
            case (LevelKind.Sequence, Item):
                long end = length == Undefined ? long.MaxValue : offset + length;
                if (length != Undefined && end > level.Limit)
                {
                    Refuse(RejectionCode.DataSetInvalid, $"The item at byte {start} is longer than its sequence");
                    return;
                }
                if (depth == DepthLimit)
                {
                    Refuse(RejectionCode.SequenceTooDeep, $"More than {DepthLimit} sequences are nested");
                    return;
                }
                handler.BeginItem(new(tag, Vr.Other, 0, length == Undefined ? -1 : length, start, 8, depth, level.Implicit));
                depth++;
                Push(new(LevelKind.Item, end, Math.Min(end, level.Limit), level.Implicit, level.BigEndian));
                CloseEnded();
                return;
            case (LevelKind.Sequence, SequenceEnd) when level.Delimited && length == 0:
            case (LevelKind.Item, ItemEnd) when level.Delimited && length == 0:
            case (LevelKind.Fragments, SequenceEnd) when length == 0:
                Pop(delimited: true);
                CloseEnded();
                return;
            case (LevelKind.Fragments, Item) when length != Undefined && offset + length <= level.Limit:
                OpenValue(new(tag, Vr.OB, 0, length, start, 8, depth, false));
                return;
            default:
                Refuse(RejectionCode.DataSetInvalid, $"An item stands at byte {start} where none belongs, or an element between items");
                return;
        }
    }

    private void OpenValue(in ElementHeader header)
    {
        current = header;
        use = handler.Element(header);
        remaining = header.Length;
        heldLength = 0;
        inValue = true;
        if (remaining == 0) EndValue();
    }

    private int TakeValue(ReadOnlySpan<byte> part)
    {
        int count = (int)Math.Min(remaining, part.Length);
        ReadOnlySpan<byte> bytes = part[..count];
        offset += count;
        remaining -= count;
        // How words are to be read that may be signed or not depends on this one (PS3.3-2024 C.7.6.3.1).
        if (current.Tag == PixelRepresentation && current.Depth == 0) signedPixels = bytes.Contains((byte)1);
        if (use == ValueUse.Hold)
        {
            // The usual case: the value is whole within the part, and is not copied.
            if (heldLength == 0 && remaining == 0)
            {
                EndValue(bytes);
                return count;
            }
            Collect(bytes);
        }
        else if (use == ValueUse.Stream)
        {
            handler.Part(current, bytes);
        }
        if (remaining == 0) EndValue();
        return count;
    }

    private void Collect(ReadOnlySpan<byte> bytes)
    {
        if (held is null || held.Length < heldLength + bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(heldLength + bytes.Length, (held?.Length ?? 512) * 2));
            held?.AsSpan(0, heldLength).CopyTo(larger);
            if (held is not null) ArrayPool<byte>.Shared.Return(held);
            held = larger;
        }
        bytes.CopyTo(held.AsSpan(heldLength));
        heldLength += bytes.Length;
    }

    private void EndValue() => EndValue(held.AsSpan(0, heldLength));

    private void EndValue(ReadOnlySpan<byte> value)
    {
        inValue = false;
        if (use == ValueUse.Hold)
        {
            handler.Value(current, value);
        }
        else
        {
            handler.EndElement(current);
        }
        CloseEnded();
    }

    private void Push(in Level level)
    {
        if (++top == levels.Length) Array.Resize(ref levels, top * 2);
        levels[top] = level;
    }

    private void Pop(bool delimited)
    {
        switch (levels[top--].Kind)
        {
            case LevelKind.Item:
                depth--;
                handler.EndItem(delimited);
                break;
            case LevelKind.Sequence:
                handler.EndSequence(delimited);
                break;
            default:
                handler.EndFragments();
                break;
        }
    }

    // Items and sequences with a length end without a sign.
    private void CloseEnded()
    {
        while (top > 0 && levels[top].End == offset) Pop(delimited: false);
    }

    private void Refuse(RejectionCode code, string detail) => fault ??= new Rejection(code, detail);
}
