using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>NM[Quantity], CQ[Quantity], NR[Range]: numbers with their unit.</summary>
public static class Quantities
{
    /// <summary>NM[Quantity].</summary>
    /// <returns>False where it is no number.</returns>
    public static bool SetNumber(FhirNode quantity, Value number, Unit unit)
    {
        if (!quantity.SetDecimal("value", number)) return false;
        unit.SetOn(quantity);
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

        return SetNumber(node.Object(name), cq[1], Unit.Of(cq[2])); // CQ.1 CQ.2
    }

    /// <summary>NR[Range].</summary>
    public static bool SetRange(FhirNode node, string name, Value nr, Unit unit)
    {
        if (!Numbers.IsDecimal(nr[1].Utf8) && !Numbers.IsDecimal(nr[2].Utf8)) return false;
        var range = node.Object(name);
        if (nr[1].Leaf >= 0) SetNumber(range.Object("low"), nr[1], unit); // NR.1
        if (nr[2].Leaf >= 0) SetNumber(range.Object("high"), nr[2], unit); // NR.2
        return true;
    }
}
