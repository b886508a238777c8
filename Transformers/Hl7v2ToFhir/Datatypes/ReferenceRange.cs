using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>
/// OBX-7 as Observation.referenceRange. The text is always kept; the bounds are given as numbers where it has one of the forms that
/// HL7 v2.8.2 7.4.2.7 names: low-high, &lt;high, &gt;low.
/// </summary>
public static class ReferenceRange
{
    public static void Add(FhirNode observation, Value text, Unit unit)
    {
        if (text.Leaf < 0) return;
        var range = observation.Item("referenceRange");
        if (TryRead(text.Utf8, out var low, out var high))
        {
            Bound(range, "low", text, low, unit);
            Bound(range, "high", text, high, unit);
        }

        range.SetText("text", text); // OBX-7 referenceRange.text
    }

    /// <returns>False where the text has none of the forms; an open side is empty.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> low, out ReadOnlySpan<byte> high)
    {
        low = high = default;
        text = text.Trim((byte)' ');
        if (text.Length < 2) return false;
        if (text[0] is (byte)'<' or (byte)'>')
        {
            var bound = text[(text[1] == (byte)'=' ? 2 : 1)..].Trim((byte)' ');
            if (!Numbers.IsDecimal(bound)) return false;
            if (text[0] == (byte)'<') high = bound;
            else low = bound;
            return true;
        }

        // The first character may be a sign; a hyphen after it parts the two.
        var hyphen = text[1..].IndexOf((byte)'-') + 1;
        if (hyphen == 0) return false;
        low = text[..hyphen].Trim((byte)' ');
        high = text[(hyphen + 1)..].Trim((byte)' ');
        return Numbers.IsDecimal(low) && Numbers.IsDecimal(high);
    }

    private static void Bound(FhirNode range, string name, Value text, ReadOnlySpan<byte> digits, Unit unit)
    {
        if (digits.IsEmpty) return;
        var quantity = range.Object(name);
        quantity.SetDecimal("value", text, digits);
        unit.SetOn(quantity);
    }
}
