using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Transformers.Dicom.Json;
using EHealthPlus.Transformers.Dicom.Reading;

namespace EHealthPlus.Transformers.Dicom.Writing;

/// <summary>Finds where the value of one element stands; of encapsulated pixel data all its fragments, each with the header of its item.</summary>
/// <param name="wanted">See <see cref="ElementPath"/>.</param>
internal sealed class ElementSearch(string wanted) : IElementHandler
{
    private readonly ElementPath path = new();
    private bool isWanted;
    private long begin;
    private long end;

    public ByteStretch? Found { get; private set; }

    public ValueUse Element(in ElementHeader header)
    {
        if (header.Tag == HeaderBytes.Item) end = header.ValueOffset + header.Length;
        else if (Found is null && path.Of(header.Tag) == wanted) Found = new ByteStretch(header.ValueOffset, header.Length);
        return ValueUse.Skip;
    }

    public void Value(in ElementHeader header, ReadOnlySpan<byte> value)
    {
    }

    public void BeginSequence(in ElementHeader header) => path.BeginSequence(header.Tag);

    public void BeginItem(in ElementHeader header) => path.BeginItem();

    public void EndItem(bool delimited)
    {
    }

    public void EndSequence(bool delimited) => path.EndSequence();

    public void BeginFragments(in ElementHeader header)
    {
        isWanted = Found is null && path.Of(header.Tag) == wanted;
        begin = end = header.ValueOffset;
    }

    public void EndFragments()
    {
        if (isWanted) Found = new ByteStretch(begin, end - begin);
        isWanted = false;
    }
}
