using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.Reading;

/// <summary>What stands before a value (PS3.5-2024 section 7.1); also of items and fragments, whose tag is FFFEE000.</summary>
/// <param name="Vr">As written, or in implicit syntaxes as the dictionary says.</param>
/// <param name="Letters">The two bytes of an explicit element as they stand; 0 in implicit ones.</param>
/// <param name="Length">Bytes of the value; -1 where it is undefined.</param>
/// <param name="Offset">Where the header begins, from the start of the data set.</param>
/// <param name="HeaderLength">8 or 12.</param>
/// <param name="Depth">0 in the data set itself, 1 in the items of its sequences.</param>
/// <param name="Implicit">Encoded without VR: the syntax says so, or it is inside of an element UN of undefined length (PS3.5-2024 6.2.2).</param>
public readonly record struct ElementHeader(uint Tag, Vr Vr, ushort Letters, long Length, long Offset, int HeaderLength, int Depth, bool Implicit)
{
    public long ValueOffset => Offset + HeaderLength;

    public bool Undefined => Length < 0;

    /// <summary>
    /// With the dictionary's VR where an archive on the way wrote UN for an attribute that it did not know (PS3.5-2024 6.2.2, note 2). Such a
    /// value is implicit little endian.
    /// </summary>
    public ElementHeader Known() =>
        Vr == Vr.UN && ElementDictionary.VrOf(Tag) is not (Vr.UN or Vr.SQ) and var vr ? this with { Vr = vr, Implicit = true } : this;
}
