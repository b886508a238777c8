using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>Says in which field a byte stands.</summary>
internal static class Places
{
    public static FieldLocation? Of(Er7Message message, int offset)
    {
        int low = 0, high = message.SegmentCount - 1;
        if (high < 0 || offset < message.Entry(0).Offset) return null;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (message.Entry(middle).Offset <= offset) low = middle;
            else high = middle - 1;
        }
        SegmentEntry entry = message.Entry(low);
        ReadOnlySpan<byte> before = message.Bytes[entry.Offset..Math.Min(offset, entry.Offset + entry.Length)];
        Delimiters delimiters = message.Delimiters;
        int separators = before.Count(delimiters.Field);
        if (separators == 0 || offset > entry.Offset + entry.Length) return message.Location(low);

        int number = message.IsHeader(low) ? separators + 1 : separators;
        if (message.IsDelimiterField(low, number)) return message.Location(low, number);
        ReadOnlySpan<byte> field = before[(before.LastIndexOf(delimiters.Field) + 1)..];
        ReadOnlySpan<byte> repetition = field[(field.LastIndexOf(delimiters.Repetition) + 1)..];
        ReadOnlySpan<byte> component = repetition[(repetition.LastIndexOf(delimiters.Component) + 1)..];
        return message.Location(low, number) with
        {
            Repetition = field.Count(delimiters.Repetition) + 1,
            Component = repetition.Count(delimiters.Component) + 1,
            Subcomponent = component.Count(delimiters.Subcomponent) + 1,
        };
    }
}
