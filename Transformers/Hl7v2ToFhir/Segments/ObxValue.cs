using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Devices;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// OBX[Observation] and OBX[Observation-Component]: OBX-5 as value[x], by the type that OBX-2 names. A value that is not what its type says becomes text, so that nobody who reads the
/// record misses it. Text that repeats is one text of several lines; other values that repeat are components (R4 allows one value).
/// </summary>
internal static class ObxValue
{
    /// <param name="unit">OBX-6, read once.</param>
    public static void Map(FhirNode observation, SegmentValue obx, Unit unit)
    {
        var field = obx[5];
        var type = obx[2].First.Text;
        obx[2].Drop(DropRule.ValueType);
        if (field.IsNull) field.Drop(DropRule.NullDeletes);
        if (!field.HasValue)
        {
            if (obx[11].First.Is("N"u8)) // OBX-11 IF OBX-11 IS "N"
                observation.Object("dataAbsentReason").Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/data-absent-reason").Set("code", "not-asked", obx[11].First.Leaf);
            return;
        }

        if (type is "ED" or "RP") return;
        if (type is "ST" or "TX" or "FT" or "")
        {
            if (!Measured(observation, obx[6], field.All)) observation.SetLines("valueString", field); // OBX-5 IF OBX-2 IN ("ST", "FT", "TX")
            return;
        }

        if (type is "NA" or "MA" && Waveform.Set(observation, obx, multiplexed: type == "MA")) return;
        if (field.Count == 1)
        {
            Set(observation, type, First(field), obx[6], unit);
            return;
        }

        foreach (var value in field)
        {
            if (!value.HasValue) continue;
            var component = observation.Item("component");
            Set(component, type, value, obx[6], unit);
            // Set after the value: a code alone makes no component.
            if (component.Populated) component.SetConcept("code", obx[3]); // OBX-3 component[each].code
        }
    }

    private static void Set(FhirNode node, string type, Value value, Value unitField, Unit unit)
    {
        var done = type switch
        {
            "NM" => Number(node, value, unit), // OBX-5 NM[Quantity] OBX-6 CWE[Quantity]
            "SN" => Structured(node, value, unitField, unit), // OBX-5 SN[Quantity] SN[Ratio] SN[Range]
            "CE" or "CWE" or "CNE" or "CF" or "IS" or "ID" => Coded(node, value), // OBX-5 CE[CodeableConcept] CWE[CodeableConcept] CNE[CodeableConcept] CF[CodeableConcept] IS[CodeableConcept]
            "DT" or "TS" or "DTM" => node.SetDateTime("valueDateTime", value), // OBX-5 IF OBX-2 IN ("DTM", "DT")
            "TM" => node.SetTime("valueTime", value), // OBX-5 IF OBX-2 EQUALS "TM"
            "DR" => Range(node, value), // OBX-5 DR[Period]
            "NR" => Quantities.SetRange(node, "valueRange", value, unit), // OBX-5 NR[Range]
            "CQ" => Quantities.SetQuantity(node, "valueQuantity", value),
            "VR" => node.SetJoined("valueString", "-"u8, value[1], value[2]), // OBX-5 IF OBX-2 EQUALS "VR"
            _ => false,
        };
        if (!done && !Measured(node, unitField, value)) node.SetJoined("valueString", " "u8, value);
    }

    // A number that comes as text, such as 5-10, says nothing without its unit: it follows the number, as the official map has it for SN.
    private static bool Measured(FhirNode node, Value unit, Value value) =>
        unit.HasValue && value.Until == value.From + 1 && BeginsWithNumber(value.Utf8) && node.SetJoined("valueString", " "u8, value, unit[2].Leaf >= 0 ? unit[2] : unit[1]);

    private static bool BeginsWithNumber(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart("<>=+-. "u8);
        return !text.IsEmpty && char.IsAsciiDigit((char)text[0]);
    }

    private static bool Number(FhirNode node, Value value, Unit unit)
    {
        if (Numbers.IsDecimal(value.Utf8)) return Quantities.SetNumber(node.Object("valueQuantity"), value, unit);
        var text = value.Utf8.Trim((byte)' ');
        var sign = ComparatorOf(text);
        if (sign is null || !Numbers.IsDecimal(text[sign.Length..]))
        {
            value.Note(CarryReason.NotANumber);
            return false;
        }

        // Below or above what could be measured: SN would be the type for it.
        var quantity = node.Object("valueQuantity");
        quantity.SetDecimal("value", value, text[sign.Length..]);
        quantity.Set("comparator", sign, value.Leaf);
        unit.SetOn(quantity);
        return true;
    }

    private static string? ComparatorOf(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'<', (byte)'=', ..] => "<=",
        [(byte)'>', (byte)'=', ..] => ">=",
        [(byte)'<', ..] => "<",
        [(byte)'>', ..] => ">",
        _ => null,
    };

    private static bool Structured(FhirNode node, Value value, Value unitField, Unit unit)
    {
        Sn.SetValue(node, value, unitField, unit);
        return true;
    }

    private static bool Coded(FhirNode node, Value value)
    {
        node.SetConcept("valueCodeableConcept", value);
        return node.Has("valueCodeableConcept");
    }

    private static bool Range(FhirNode node, Value value)
    {
        var period = node.Object("valuePeriod");
        Dr.ToPeriod(period, value);
        return period.Populated;
    }

    private static Value First(FieldValue field)
    {
        foreach (var value in field)
        {
            if (value.HasValue) return value;
        }

        return default;
    }
}
