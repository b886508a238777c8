using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>SN: structured numeric (HL7 v2.8.2 2A.69): comparator, number, separator, second number.</summary>
public static class Sn
{
    /// <summary>Sets valueQuantity, valueRatio, valueRange, or valueString where it is none of these.</summary>
    public static void SetValue(FhirNode node, Value sn, Value unitField, Unit unit)
    {
        var first = Numbers.IsDecimal(sn[2].Utf8);
        var second = Numbers.IsDecimal(sn[4].Utf8);
        var comparable = sn[1].Leaf < 0 || IsComparator(sn[1]) || sn[1].Is("="u8);
        if (comparable && first && second && sn[3].IsOneOf(":"u8, "/"u8))
        {
            var ratio = node.Object("valueRatio");
            Number(ratio.Object("numerator"), sn[1], sn[2], unit); // SN.1 SN.2 SN[Ratio]
            Quantities.SetNumber(ratio.Object("denominator"), sn[4], unit); // SN.4 SN[Ratio]
            ratio.Object("denominator").AlsoFrom("value", sn[3].Leaf);
        }
        else if (sn[1].Leaf < 0 && first && second && sn[3].Is("-"u8))
        {
            var range = node.Object("valueRange");
            Quantities.SetNumber(range.Object("low"), sn[2], unit); // SN.2 SN[Range]
            Quantities.SetNumber(range.Object("high"), sn[4], unit); // SN.4 SN[Range]
            range.Object("high").AlsoFrom("value", sn[3].Leaf);
        }
        else if (comparable && first && sn[3].Leaf < 0 && sn[4].Leaf < 0)
        {
            Number(node.Object("valueQuantity"), sn[1], sn[2], unit); // SN.1 SN.2 SN[Quantity]
        }
        else
        {
            node.SetJoined("valueString", " "u8, sn, unitField); // OBX-5.1+" "+OBX-5.2+" "+OBX-5.3+" "+OBX-5.4+" "+OBX-6
        }
    }

    /// <summary>Codes of FHIR quantity-comparator.</summary>
    public static bool IsComparator(Value value) => value.IsOneOf("<"u8, ">"u8) || value.IsOneOf("<="u8, ">="u8);

    private static void Number(FhirNode quantity, Value comparator, Value number, Unit unit)
    {
        Quantities.SetNumber(quantity, number, unit);
        if (IsComparator(comparator)) quantity.SetCode("comparator", comparator);
        else quantity.AlsoFrom("value", comparator.Leaf);
    }
}
