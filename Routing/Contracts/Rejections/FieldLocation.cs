using System.Globalization;
using System.Text;

namespace EHealthPlus.Routing.Contracts.Rejections;

/// <summary>
/// Where in an HL7 v2 message something stands, as ERR-2 counts it (HL7 v2.8.2 2.A.28 ERL): all numbers from 1, 0 where not given.
/// </summary>
/// <param name="Segment">
/// Segment id, three characters, such as PID. Of a study manifest the tag, (0010,0020): the sequence then counts series and the field instances.
/// </param>
/// <param name="SegmentSequence">Which occurrence of that segment id in the message.</param>
public readonly record struct FieldLocation(
    string Segment, int SegmentSequence = 1, int Field = 0, int Repetition = 0, int Component = 0, int Subcomponent = 0)
{
    /// <summary>Reads as PID[1]-5[2].1.2; parts that are 0 are left out.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Segment).Append('[').Append(SegmentSequence.ToString(CultureInfo.InvariantCulture)).Append(']');
        if (Field > 0) text.Append('-').Append(Field.ToString(CultureInfo.InvariantCulture));
        if (Repetition > 0) text.Append('[').Append(Repetition.ToString(CultureInfo.InvariantCulture)).Append(']');
        if (Component > 0) text.Append('.').Append(Component.ToString(CultureInfo.InvariantCulture));
        if (Subcomponent > 0) text.Append('.').Append(Subcomponent.ToString(CultureInfo.InvariantCulture));
        return text.ToString();
    }
}
