using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>NM[Quantity], CQ[Quantity], NR[Range], CWE[Quantity]: numbers with their unit.</summary>
public static class Quantities
{
    /// <summary>
    /// CWE[Quantity]: the unit. A code is written where the unit says which system it is of: UCUM, or one that is local to the source.
    /// </summary>
    public static void SetUnit(FhirNode quantity, Value unit)
    {
        if (!unit.HasValue) return;
        var code = unit[1];
        var named = quantity.SetText("unit", unit[2]); // CWE.2 Quantity.unit
        if (unit.PartCount >= 3 && code.Leaf >= 0 && unit[3].Leaf >= 0 && quantity.SetCode("code", code)) Cwe.SetSystem(quantity, "system", unit[3]); // CWE.1 CWE.3 Quantity.code
        if (!named) quantity.SetText("unit", code); // CWE.1 IF CWE.2 IS NOT VALUED
    }

    /// <summary>NM[Quantity].</summary>
    /// <returns>False where it is no number.</returns>
    public static bool SetNumber(FhirNode quantity, Value number, Value unit)
    {
        if (!quantity.SetDecimal("value", number)) return false;
        SetUnit(quantity, unit);
        return true;
    }

    /// <summary>CQ[Quantity]: the unit is a CWE one level lower, or a component of its own in old versions.</summary>
    public static bool SetQuantity(FhirNode node, string name, Value cq)
    {
        if (!Numbers.IsDecimal(cq[1].Utf8))
        {
            if (cq[1].Leaf >= 0) cq[1].Note(CarryReason.NotANumber);
            return false;
        }

        return SetNumber(node.Object(name), cq[1], cq[2]); // CQ.1 CQ.2
    }

    /// <summary>NR[Range].</summary>
    public static bool SetRange(FhirNode node, string name, Value nr, Value unit)
    {
        if (!Numbers.IsDecimal(nr[1].Utf8) && !Numbers.IsDecimal(nr[2].Utf8)) return false;
        var range = node.Object(name);
        if (nr[1].Leaf >= 0) SetNumber(range.Object("low"), nr[1], unit); // NR.1
        if (nr[2].Leaf >= 0) SetNumber(range.Object("high"), nr[2], unit); // NR.2
        return true;
    }
}
