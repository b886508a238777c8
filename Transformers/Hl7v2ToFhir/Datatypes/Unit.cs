using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>
/// CWE[Quantity]: a unit of measure, read once for all the quantities that have it. A code is written where the unit says which system
/// it is of: UCUM, or one that is local to the source.
/// </summary>
public readonly struct Unit
{
    private readonly FhirText name;
    private readonly FhirText code;
    private readonly FhirText system;
    private readonly int nameLeaf;
    private readonly int codeLeaf;
    private readonly int systemLeaf;
    private readonly bool exists;

    private Unit(Value unit)
    {
        exists = true;
        (nameLeaf, codeLeaf, systemLeaf) = (unit[2].Leaf, FhirNode.NoLeaf, FhirNode.NoLeaf);
        var mapping = unit.Mapping;
        if (nameLeaf >= 0 && !Texts.Take(unit[2], nameLeaf, out name)) nameLeaf = FhirNode.NoLeaf; // CWE.2 Quantity.unit
        var coded = unit[1];
        if (nameLeaf < 0 && coded.Leaf >= 0 && Texts.Take(coded, coded.Leaf, out name)) nameLeaf = coded.Leaf; // CWE.1 IF CWE.2 IS NOT VALUED
        if (LocalCodes.Find(coded, unit[3], null) is { } local)
        {
            // One code stands in a Quantity: the standard's. The unit is what the sender wrote.
            (codeLeaf, code, system) = (coded.Leaf, mapping.Arena.Write(local.TargetCodeUtf8), mapping.Arena.Write(local.TargetSystemUtf8));
            unit.Note(local.Note);
            return;
        }

        if (unit.PartCount < 3 || coded.Leaf < 0 || unit[3].Leaf < 0) return;
        var text = coded.Utf8.Trim((byte)' ');
        if (!Codes.IsCode(text))
        {
            mapping.Notes.Add(coded.Leaf, CarryReason.NotACode);
            return;
        }

        (codeLeaf, systemLeaf) = (coded.Leaf, unit[3].Leaf);
        code = mapping.Arena.Write(text); // CWE.1 CWE.3 Quantity.code
        system = mapping.CodeSystems.Of(unit[3].Utf8);
    }

    /// <summary>The unit that a value names; none where it is absent.</summary>
    public static Unit Of(Value unit) => unit.HasValue ? new Unit(unit) : default;

    public void SetOn(FhirNode quantity)
    {
        if (!exists) return;
        if (nameLeaf >= 0) quantity.Set("unit", name, nameLeaf);
        if (codeLeaf < 0) return;
        quantity.Set("system", system, systemLeaf);
        quantity.Set("code", code, codeLeaf);
    }
}
