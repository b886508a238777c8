using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>CDO as the limits of a Dosage: how much at most, and in which time (HL7 v2.8.2 4A.4.10; no official map).</summary>
internal static class CdoDosage
{
    public static void Map(FhirNode dosage, SegmentValue cdo)
    {
        cdo[1].Drop(DropRule.SetId);
        if (cdo[2].First.Is("D"u8) || !Numbers.IsDecimal(cdo[3].First[1].Utf8)) return;
        var interval = cdo[4].First;
        var pattern = interval[2][1].Leaf >= 0 ? interval[2][1] : interval[2];
        // PL, patient lifetime, is a repeat pattern of table 0335.
        if (pattern.Is("PL"u8))
        {
            if (dosage.Has("maxDosePerLifetime")) return;
            Quantities.SetQuantity(dosage, "maxDosePerLifetime", cdo[3]); // CDO-3 maxDosePerLifetime
            dosage.Find("maxDosePerLifetime").AlsoFrom("value", pattern.Leaf); // CDO-4 maxDosePerLifetime
            return;
        }

        // A number and a unit of time in the quantity of the interval; R4 (rat-1) has no limit without a time.
        if (dosage.Has("maxDosePerPeriod") || !Numbers.IsDecimal(interval[1][1].Utf8) || UnitOfTime.Of(interval[1][2].Utf8) is not { } unit) return;
        var ratio = dosage.Object("maxDosePerPeriod");
        Quantities.SetQuantity(ratio, "numerator", cdo[3]); // CDO-3 maxDosePerPeriod.numerator
        var denominator = ratio.Object("denominator");
        denominator.SetDecimal("value", interval[1][1]); // CDO-4 maxDosePerPeriod.denominator
        denominator.Constant("unit", unit).Constant("system", "http://unitsofmeasure.org").Set("code", unit, interval[1][2].Leaf);
    }
}
