using System.Buffers;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.Reading;

/// <summary>Segment names, control characters and limits of a whole message.</summary>
internal static class SyntaxCheck
{
    private static readonly uint Msh = SegmentName.Pack("MSH");
    private static readonly uint Obx = SegmentName.Pack("OBX");

    /// <summary>The C0 controls but TAB, LF and CR.</summary>
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(value => value is not (0x09 or 0x0A or 0x0D)).Select(value => (byte)value)]);

    public static Rejection? Find(Er7Message message, ReadingLimits limits) =>
        ControlCharacter(message) ?? SegmentNames(message, limits) ?? Sizes(message, limits);

    private static Rejection? ControlCharacter(Er7Message message)
    {
        int at = message.Bytes.IndexOfAny(Controls);
        return at < 0
            ? null
            : new(RejectionCode.ControlCharacterPresent, $"Control character {message.Bytes[at]:X2} stands in the message", Places.Of(message, at));
    }

    private static Rejection? SegmentNames(Er7Message message, ReadingLimits limits)
    {
        if (message.SegmentCount > limits.Segments)
        {
            return new(RejectionCode.TooManySegments, $"The message has {message.SegmentCount} segments; the limit is {limits.Segments}");
        }
        for (int i = 1; i < message.SegmentCount; i++)
        {
            SegmentEntry entry = message.Entry(i);
            if (entry.Name == Msh)
            {
                return new(RejectionCode.SegmentSequenceInvalid, "A second MSH stands in the message: each message needs a frame of its own", message.Location(i));
            }
            bool named = SegmentName.IsWellFormed(entry.Name)
                && (entry.Length == 3 || (entry.Length > 3 && message.Bytes[entry.Offset + 3] == message.Delimiters.Field));
            // The line itself may be a patient's data, so the segment before it is what is named.
            if (!named)
            {
                return new(
                    RejectionCode.SegmentSequenceInvalid,
                    $"Line {i + 1} does not begin with a segment name; a line break inside a field is written as an escape",
                    message.Location(i - 1));
            }
        }
        return null;
    }

    private static Rejection? Sizes(Er7Message message, ReadingLimits limits)
    {
        int smallest = Math.Min(limits.FieldBytes, Math.Min(limits.Repetitions, limits.Fields));
        for (int i = 0; i < message.SegmentCount; i++)
        {
            // Most segments are too short to break any limit.
            if (message.Entry(i).Length <= smallest) continue;
            int fields = message.FieldCount(i);
            if (fields > limits.Fields)
            {
                return new(RejectionCode.DataTypeInvalid, $"The segment has {fields} fields; the limit is {limits.Fields}", message.Location(i));
            }
            for (int number = 1; number <= fields; number++)
            {
                Field field = message.Field(i, number);
                if (field.Length > limits.FieldBytes && !(number == 5 && message.Entry(i).Name == Obx))
                {
                    return new(RejectionCode.FieldTooLong, $"The field has {field.Length} bytes; the limit is {limits.FieldBytes}", field.Location);
                }
                if (field.Length <= limits.Repetitions) continue;
                int repetitions = field.RepetitionCount;
                if (repetitions > limits.Repetitions)
                {
                    return new(RejectionCode.TooManyRepetitions, $"The field repeats {repetitions} times; the limit is {limits.Repetitions}", field.Location);
                }
            }
        }
        return null;
    }
}
