using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.Scanning;
using EHealthPlus.Transformers.Dicom.Text;

namespace EHealthPlus.Tests.Transformers.Dicom;

/// <summary>Reads whole files with a handler.</summary>
internal static class Inspected
{
    public static async Task<Rejection?> ReadFile(byte[] file, IElementHandler handler)
    {
        var stream = new MemoryStream(file);
        var meta = await FileOpening.ReadAsync(stream, CancellationToken.None);
        return meta.Rejection ?? await DataSetReader.ReadAsync(stream, meta.Value.Syntax, handler, CancellationToken.None);
    }
}

/// <summary>Takes the patient's name of the data set itself.</summary>
internal sealed class NameOnly : IElementHandler
{
    private SpecificCharacterSet set = SpecificCharacterSet.Default;

    public string? Name { get; private set; }

    public ValueUse Element(in ElementHeader header) => header is { Depth: 0, Tag: 0x00080005 or 0x00100010 } ? ValueUse.Hold : ValueUse.Skip;

    public void Value(in ElementHeader header, ReadOnlySpan<byte> value)
    {
        if (header.Tag == 0x00080005) set = SpecificCharacterSet.Find(SpecificCharacterSet.Default.Decode(value, Vr.CS, out _))!;
        else Name = set.Decode(value, Vr.PN, out _);
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
