using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2.Names;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>A romanised and a Chinese name in the same components become two names, each with its kind (HL7 table 4000, R4 iso21090-EN-representation).</summary>
internal static class TwoScriptNames
{
    private const string Representation = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";

    /// <summary>Adds both names where at least one of the components holds both; family and given name are set, the rest is the caller's.</summary>
    /// <param name="stated">How the sender says that the name is written: goes to the one that it fits.</param>
    public static bool TryAdd(FhirNode owner, string property, Value family, Value given, Value stated, out FhirNode romanised, out FhirNode ideographic)
    {
        romanised = ideographic = default;
        if (!TwoScripts.TryTellApart(family.Utf8, out _, out _) && !TwoScripts.TryTellApart(given.Utf8, out _, out _)) return false;
        romanised = owner.Item(property);
        ideographic = owner.Item(property);
        var (latinKind, chineseKind) = (romanised.Extension(Representation), ideographic.Extension(Representation));
        Set(family, isFamily: true, romanised, ideographic);
        Set(given, isFamily: false, romanised, ideographic);
        latinKind.Set("valueCode", "ABC", stated.Is("A"u8) ? stated.Leaf : FhirNode.NoLeaf);
        chineseKind.Set("valueCode", "IDE", stated.Is("I"u8) ? stated.Leaf : FhirNode.NoLeaf);
        return true;
    }

    private static void Set(Value part, bool isFamily, FhirNode romanised, FhirNode ideographic)
    {
        if (part.Leaf < 0) return;
        if (TwoScripts.TryTellApart(part.Utf8, out var latin, out var chinese))
        {
            Set(romanised, part, latin, isFamily);
            Set(ideographic, part, chinese, isFamily);
            part.Note(CarryReason.TwoScripts);
        }
        else
        {
            Set(TwoScripts.IsIdeographic(part.Utf8) ? ideographic : romanised, part, part.Utf8, isFamily);
        }
    }

    private static void Set(FhirNode name, Value part, ReadOnlySpan<byte> text, bool isFamily)
    {
        var written = part.Mapping.Arena.Write(text);
        if (isFamily) name.Set("family", written, part.Leaf);
        else name.Append("given", written, part.Leaf);
    }
}
