using System.Globalization;
using System.Text;
using EHealthPlus.Transformers.Dicom.Reading;

namespace EHealthPlus.Transformers.Dicom.Json;

/// <summary>Where a reader is: 7FE00010, or 00081140/1/0040A730 within the first item of a sequence.</summary>
internal sealed class ElementPath
{
    private readonly uint[] sequences = new uint[ElementReader.DepthLimit + 2];
    private readonly int[] items = new int[ElementReader.DepthLimit + 2];
    private int depth;

    public void BeginSequence(uint tag)
    {
        sequences[depth] = tag;
        items[depth++] = 0;
    }

    public void BeginItem() => items[depth - 1]++;

    public void EndSequence() => depth--;

    public string Of(uint tag)
    {
        if (depth == 0) return tag.ToString("X8", CultureInfo.InvariantCulture);
        var path = new StringBuilder();
        for (int at = 0; at < depth; at++) path.Append(CultureInfo.InvariantCulture, $"{sequences[at]:X8}/{items[at]}/");
        return path.Append(tag.ToString("X8", CultureInfo.InvariantCulture)).ToString();
    }
}
