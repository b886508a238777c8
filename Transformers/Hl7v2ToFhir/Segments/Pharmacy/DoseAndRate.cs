using System.Globalization;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>RXO[MedicationRequest], as far as it says how much and how fast; RXE, RXG and RXA in the same way.</summary>
internal static class DoseAndRate
{
    private const string DoseRateType = "http://terminology.hl7.org/CodeSystem/dose-rate-type";

    /// <summary>How much: a range from least to most, or one amount where no other is the most.</summary>
    /// <param name="type">Code of dose-rate-type (ordered, calculated), or null.</param>
    /// <returns>The doseAndRate, with or without an amount.</returns>
    public static FhirNode Amount(FhirNode dosage, FieldValue least, FieldValue most, FieldValue units, string? type)
    {
        var dose = dosage.Item("doseAndRate");
        if (type is not null) dose.ConstantObject("type").ConstantItem("coding").Constant("system", DoseRateType).Constant("code", type);
        if (!Number(most) || most.First.Is(least.First.Utf8))
        {
            // The official map says low of a range here too; a range without end would read "or more".
            if (Number(least)) Quantities.SetNumber(dose.Object("doseQuantity"), least, Unit.Of(units)); // RXO-2 dosageInstruction.doseAndRate[1].doseRange.low.value RXO-4 dosageInstruction.doseAndRate[1].doseRange.low.unit RXE-3 RXE-5 RXG-5 RXG-7
            if (most.HasValue && most.First.Is(least.First.Utf8)) dose.Find("doseQuantity").AlsoFrom("value", most.First.Leaf);
            return dose;
        }

        var range = dose.Object("doseRange");
        if (Number(least)) Quantities.SetNumber(range.Object("low"), least, Unit.Of(units)); // RXO-2 dosageInstruction.doseAndRate[1].doseRange.low.value RXO-4 dosageInstruction.doseAndRate[1].doseRange.low.code RXE-3 RXG-5
        Quantities.SetNumber(range.Object("high"), most, Unit.Of(units)); // RXO-3 dosageInstruction.doseAndRate[1].doseRange.high.value RXO-4 dosageInstruction.doseAndRate[1].doseRange.high.code RXE-4 RXG-6
        return dose;
    }

    /// <summary>How fast: an amount in a time, or an amount whose unit says the time.</summary>
    /// <param name="node">A doseAndRate, or the dosage of a MedicationAdministration.</param>
    /// <param name="per">A unit of time and how many of it, such as H1 (HL7 v2.8.2 4A.4.4.22).</param>
    public static void Rate(FhirNode node, FieldValue amount, FieldValue units, FieldValue per)
    {
        if (!Number(amount)) return;
        if (units.First.Utf8.Contains((byte)'/') || Time(per.First.Utf8) is not { } time)
        {
            Quantities.SetNumber(node.Object("rateQuantity"), amount, Unit.Of(units)); // RXO-21 RXE-23 RXG-15 doseAndRate.rateQuantity RXO-22 RXE-24 RXG-16
            return;
        }

        var ratio = node.Object("rateRatio");
        Quantities.SetNumber(ratio.Object("numerator"), amount, Unit.Of(units));
        var denominator = ratio.Object("denominator");
        denominator.SetRaw("value", node.Arena.Write(time.Number.ToString(CultureInfo.InvariantCulture)), per.First.Leaf); // RXO-17 RXE-22 RXG-14 RXA-12 doseAndRate.rateRatio
        denominator.Constant("unit", time.Unit).Constant("system", "http://unitsofmeasure.org").Constant("code", time.Unit);
    }

    /// <summary>True for a unit of time and how many of it, such as H1.</summary>
    public static bool IsTime(FieldValue per) => Time(per.First.Utf8) is not null;

    /// <summary>The most in one day: R4 wants a ratio.</summary>
    public static void Daily(FhirNode dosage, FieldValue cq)
    {
        if (!Number(cq)) return;
        var ratio = dosage.Object("maxDosePerPeriod");
        Quantities.SetQuantity(ratio, "numerator", cq); // RXE-19 dosageInstruction.maxDosePerPeriod.numerator RXO-23 RXD-12
        ratio.ConstantObject("denominator").ConstantJson("value", "1").Constant("unit", "d").Constant("system", "http://unitsofmeasure.org").Constant("code", "d"); // RXE-19 dosageInstruction.maxDosePerPeriod.denominator.code
    }

    private static bool Number(FieldValue field)
    {
        Value value = field;
        if (Numbers.IsDecimal(value[1].Utf8)) return true;
        if (value[1].Leaf >= 0) value[1].Note(CarryReason.NotANumber);
        return false;
    }

    private static (int Number, string Unit)? Time(ReadOnlySpan<byte> per)
    {
        if (per.IsEmpty) return null;
        var unit = UnitOfTime.OfLetter(per[0]);
        if (unit is null || per.Length == 1 || !int.TryParse(per[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0) return null;
        return (number, unit);
    }
}
