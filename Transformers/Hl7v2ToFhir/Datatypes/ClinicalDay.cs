using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>
/// The day on which a code meant what it says: the clinical date of its segment; for a result that states none the one of its order
/// (HL7 v2.8.2 7.4.2.14); else the day of the message (MSH-7); else the day on which the hub received it. Of a date given to the year or
/// month its first day counts.
/// </summary>
internal static class ClinicalDay
{
    public static DateOnly Of(Value value)
    {
        var mapping = value.Mapping;
        var at = mapping.Leaves[value.From].Segment;
        var segment = mapping.Segments[at];
        if (TryRead(segment, FieldOf(segment.Name), out var day)) return day;
        for (; segment.Name is "OBX" or "NTE" or "SPM" or "TQ1" or "TCD" && at > 0; at--)
        {
            if (mapping.Segments[at].Name == "OBR") return TryRead(mapping.Segments[at], 7, out day) ? day : OfMessage(mapping);
        }

        return OfMessage(mapping);
    }

    // HL7 v2.8.2 chapters 2 to 12: when it was observed, diagnosed, done, given, admitted.
    private static int FieldOf(string segment) => segment switch
    {
        "OBX" => 14,
        "OBR" => 7,
        "SPM" => 17,
        "DG1" => 5,
        "PR1" => 5,
        "AL1" => 6,
        "IAM" => 11,
        "RXA" => 3,
        "RXD" => 3,
        "RXG" => 3,
        "FT1" => 4,
        "PV1" => 44,
        "ORC" => 9,
        "TXA" => 4,
        "PRB" => 16,
        _ => 0,
    };

    private static DateOnly OfMessage(Mapping mapping) =>
        TryRead(mapping.Segments[0], 7, out var day) ? day : DateOnly.FromDateTime(mapping.Context.ReceivedAt.UtcDateTime);

    private static bool TryRead(SegmentValue segment, int field, out DateOnly day)
    {
        day = default;
        if (field == 0 || !Dtm.TryRead(segment[field].First.Utf8, out var dtm) || dtm.Digits.Length < 4) return false;
        var digits = dtm.Digits;
        var year = Number(digits[..4]);
        if (year == 0) return false;
        day = new(year, digits.Length >= 6 ? Number(digits[4..6]) : 1, digits.Length >= 8 ? Number(digits[6..8]) : 1);
        return true;
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits) number = (number * 10) + digit - '0';
        return number;
    }
}
