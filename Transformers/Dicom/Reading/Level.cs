namespace EHealthPlus.Transformers.Dicom.Reading;

internal enum LevelKind : byte
{
    DataSet,
    Sequence,
    Item,
    Fragments,
}

/// <summary>What the reader is inside of.</summary>
/// <param name="End">Where it ends, from the start of the data set; long.MaxValue where a delimitation item ends it.</param>
/// <param name="Limit">What it may not run over: the end of the innermost level with a length.</param>
internal readonly record struct Level(LevelKind Kind, long End, long Limit, bool Implicit, bool BigEndian)
{
    public bool Delimited => End == long.MaxValue;
}
