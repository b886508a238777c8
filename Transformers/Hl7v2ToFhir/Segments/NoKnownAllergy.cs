using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>Tells "asked, and none is known" from an allergy, and from nothing said.</summary>
internal static class NoKnownAllergy
{
    private static readonly (string Code, string Display, string[] Names)[] Kinds =
    [
        ("716186003", "No known allergy", ["NKA", "NO KNOWN ALLERGY", "NO KNOWN ALLERGIES"]),
        ("409137002", "No known drug allergy", ["NKDA", "NO KNOWN DRUG ALLERGY", "NO KNOWN DRUG ALLERGIES"]),
        ("429625007", "No known food allergy", ["NKFA", "NO KNOWN FOOD ALLERGY", "NO KNOWN FOOD ALLERGIES"]),
    ];

    /// <returns>The SNOMED CT code that says it, or null where the value names a substance.</returns>
    public static (string Code, string Display)? CodeOf(Value cwe)
    {
        var code = cwe[1].Text.Trim();
        var text = cwe[2].Text.Trim();
        foreach (var kind in Kinds)
        {
            if (code == kind.Code || kind.Names.Contains(code, StringComparer.OrdinalIgnoreCase) || kind.Names.Contains(text, StringComparer.OrdinalIgnoreCase))
                return (kind.Code, kind.Display);
        }

        return null;
    }
}
