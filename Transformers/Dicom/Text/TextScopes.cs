using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Reading;

namespace EHealthPlus.Transformers.Dicom.Text;

/// <summary>Which character set holds where: an item may state its own, and else has that of what it is in (PS3.3-2024 C.12.1.1.2).</summary>
/// <param name="stated">Holds everywhere, in place of what the data set says; null leaves it to the data set.</param>
internal sealed class TextScopes(SpecificCharacterSet? stated)
{
    public const uint Tag = 0x00080005;

    private readonly SpecificCharacterSet?[] sets = new SpecificCharacterSet?[ElementReader.DepthLimit + 1];
    private int depth;

    public SpecificCharacterSet Current
    {
        get
        {
            if (stated is not null) return stated;
            for (int at = depth; at >= 0; at--)
            {
                if (sets[at] is { } set) return set;
            }
            return SpecificCharacterSet.Default;
        }
    }

    /// <summary>A value that is no defined term leaves what held: what then is not valid is told byte by byte.</summary>
    /// <returns>False where it is no defined term.</returns>
    public bool Set(ReadOnlySpan<byte> value)
    {
        sets[depth] = SpecificCharacterSet.Find(SpecificCharacterSet.Default.Decode(value, Vr.CS, out _));
        return sets[depth] is not null;
    }

    public void BeginItem() => sets[++depth] = null;

    public void EndItem() => depth--;
}
