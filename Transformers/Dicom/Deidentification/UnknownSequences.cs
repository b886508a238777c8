using System.Buffers.Binary;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.TransferSyntaxes;

namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>
/// Goes through sequences that an archive on the way wrote as unknown bytes (PS3.5-2025a 6.2.2, note 2: UN with a length, implicit little
/// endian inside), so that a handler meets their attributes like any others. Bytes that are no items become a sequence without items.
/// </summary>
internal sealed class UnknownSequences(IElementHandler inner) : IElementHandler
{
    private const int ValueLimit = 1024 * 1024;

    private bool unpacking;
    private int depth;

    public ValueUse Element(in ElementHeader header)
    {
        unpacking = header.Vr == Vr.UN && header.Length > 0 && ElementDictionary.Find(header.Tag) is { Vr: Vr.SQ };
        if (!unpacking) return inner.Element(header);
        if (header.Length <= ValueLimit) return ValueUse.Hold;
        Empty(header);
        return ValueUse.Skip;
    }

    public void Value(in ElementHeader header, ReadOnlySpan<byte> value)
    {
        if (!unpacking)
        {
            inner.Value(header, value);
            return;
        }
        byte[] sequence = new byte[8 + value.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(sequence, (ushort)(header.Tag >> 16));
        BinaryPrimitives.WriteUInt16LittleEndian(sequence.AsSpan(2), (ushort)header.Tag);
        BinaryPrimitives.WriteInt32LittleEndian(sequence.AsSpan(4), value.Length);
        value.CopyTo(sequence.AsSpan(8));
        if (Read(sequence, new Nothing()) is null) Read(sequence, this);
        else Empty(header);
        unpacking = false;
    }

    public void Part(in ElementHeader header, ReadOnlySpan<byte> part) => inner.Part(header, part);

    public void EndElement(in ElementHeader header)
    {
        if (!unpacking) inner.EndElement(header);
    }

    public void BeginSequence(in ElementHeader header) => inner.BeginSequence(header);

    public void BeginItem(in ElementHeader header)
    {
        depth++;
        inner.BeginItem(header);
    }

    public void EndItem(bool delimited)
    {
        depth--;
        inner.EndItem(delimited);
    }

    public void EndSequence(bool delimited) => inner.EndSequence(delimited);

    public void BeginFragments(in ElementHeader header) => inner.BeginFragments(header);

    public void EndFragments() => inner.EndFragments();

    private Rejection? Read(byte[] sequence, IElementHandler handler)
    {
        using var reader = new ElementReader(TransferSyntax.ImplicitLittleEndian, handler, depth);
        return reader.Feed(sequence) ?? reader.Complete();
    }

    private void Empty(in ElementHeader header)
    {
        inner.BeginSequence(header with { Vr = Vr.SQ, Length = 0 });
        inner.EndSequence(delimited: false);
    }

    private sealed class Nothing : IElementHandler
    {
        public ValueUse Element(in ElementHeader header) => ValueUse.Skip;

        public void Value(in ElementHeader header, ReadOnlySpan<byte> value)
        {
        }

        public void BeginSequence(in ElementHeader header)
        {
        }

        public void BeginItem(in ElementHeader header)
        {
        }

        public void EndItem(bool delimited)
        {
        }

        public void EndSequence(bool delimited)
        {
        }

        public void BeginFragments(in ElementHeader header)
        {
        }

        public void EndFragments()
        {
        }
    }
}
