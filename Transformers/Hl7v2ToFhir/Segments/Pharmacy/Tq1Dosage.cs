using System.Globalization;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>
/// TQ1[MedicationRequest] and TQ[MedicationRequest]: when and how often. Each TQ1, or each repetition of an old TQ, is one Dosage, for a
/// dose that is tapered off is a sequence of them.
/// </summary>
internal static class Tq1Dosage
{
    /// <param name="list">Name of the list of Dosage.</param>
    /// <param name="old">RXE-1, RXG-3 or ORC-7: read where there is no TQ1.</param>
    /// <returns>At least one Dosage; empty where nothing is said of the time.</returns>
    public static List<FhirNode> Map(FhirNode resource, string list, List<SegmentValue> timings, FieldValue old = default)
    {
        List<FhirNode> dosages = [];
        foreach (var tq1 in timings)
        {
            var dosage = resource.Item(list);
            dosages.Add(dosage);
            FromTq1(resource, dosage, tq1);
        }

        foreach (var tq in old)
        {
            if (timings.Count > 0 || !tq.HasValue) break;
            var dosage = resource.Item(list);
            dosages.Add(dosage);
            FromTq(resource, dosage, tq);
        }

        if (dosages.Count == 0) dosages.Add(resource.Item(list));
        for (var at = 0; dosages.Count > 1 && at < dosages.Count; at++) dosages[at].ConstantJson("sequence", (at + 1).ToString(CultureInfo.InvariantCulture));
        return dosages;
    }

    /// <summary>Words of the sender on how to take it: what stands before, and the text of the timing.</summary>
    public static void Text(FhirNode dosage, List<Value> words)
    {
        if (words.Count > 0) dosage.SetJoined("text", "\n"u8, [.. words]); // TQ1-11 text
    }

    private static void FromTq1(FhirNode resource, FhirNode dosage, SegmentValue tq1)
    {
        tq1[1].Drop(DropRule.SetId);
        Priority(resource, tq1[9].First[1]); // TQ1-9 priority
        Need(dosage, tq1[3].First[1], tq1[9].First[1], tq1[10].First); // TQ1-10 dosageInstruction.additionalInstruction.text
        Tq1Timing.Map(tq1, dosage.Object("timing")); // TQ1-3 RPT[Timing] TQ1-4 dosageInstruction.timing.event TQ1-5 TQ1-6 TQ1-7 TQ1-8 TQ1-13 TQ1-14
        // With a start a Timing has no place for how long: the supply has.
        if (tq1[7].HasValue && tq1[6].HasValue && resource.Name == "MedicationRequest" && !resource.Object("dispenseRequest").Has("expectedSupplyDuration"))
            UnitOfTime.SetDuration(resource.Object("dispenseRequest"), "expectedSupplyDuration", tq1[6]); // TQ1-6 dispenseRequest.expectedSupplyDuration
        Quantity(dosage, tq1[2].First); // TQ1-2 CQ[Quantity]
        List<Value> words = [];
        foreach (var line in tq1[11]) words.Add(line);
        Text(dosage, words);
    }

    private static void FromTq(FhirNode resource, FhirNode dosage, Value tq)
    {
        Priority(resource, tq[6]); // TQ.6 priority
        Need(dosage, tq[2][1], tq[6], tq[7]); // TQ.7 extension??-condition
        Tq.ToTiming(dosage.Object("timing"), tq); // TQ.2 RI[Timing] TQ.3 TQ.4 TQ.5 TQ.12
        Quantity(dosage, tq[1]); // TQ.1 CQ[Quantity]
        if (tq[8].HasValue) Text(dosage, [tq[8]]); // TQ.8 note(Annotation.text)
    }

    private static void Priority(FhirNode resource, Value code)
    {
        if (code.Leaf < 0 || code.Is("PRN"u8)) return;
        if (resource.Name == "MedicationRequest" && !resource.Has("priority")) resource.SetMapped("priority", code, TableMaps.ExtendedPriorityCodes);
        else code.Note(CarryReason.NoRoom);
    }

    // PRN stands in the pattern or in the priority (HL7 tables 0335 and 0485); the condition then is the need itself.
    private static void Need(FhirNode dosage, Value pattern, Value priority, Value condition)
    {
        var asNeeded = RepeatPattern.IsAsNeeded(pattern) ? pattern[1].Leaf : priority.Is("PRN"u8) ? priority.Leaf : FhirNode.NoLeaf;
        if (asNeeded >= 0 && condition.HasValue)
        {
            var need = dosage.Object("asNeededCodeableConcept");
            need.SetJoined("text", " "u8, condition);
            need.AlsoFrom("text", asNeeded);
        }
        else if (condition.HasValue)
        {
            dosage.Item("additionalInstruction").SetJoined("text", " "u8, condition);
        }
        else if (asNeeded >= 0)
        {
            dosage.Set("asNeededBoolean", true, asNeeded);
        }
    }

    // A quantity without unit counts servings of the dose that the RX segment gives.
    private static void Quantity(FhirNode dosage, Value cq)
    {
        if (!cq.HasValue) return;
        if (cq[2].HasValue) Quantities.SetQuantity(dosage.Item("doseAndRate"), "doseQuantity", cq);
        else cq.Note(CarryReason.CountOfDoses);
    }
}
