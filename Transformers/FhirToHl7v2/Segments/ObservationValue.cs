using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>The value of an Observation, or of one of its components, as a repetition of OBX-5 with its type and unit.</summary>
internal static class ObservationValue
{
    /// <param name="node">Observation or component.</param>
    public static void Set(SegmentDraft obx, JsonElement node)
    {
        var repetition = obx.Repetitions(5);
        if (node.Get("valueQuantity") is { ValueKind: JsonValueKind.Object } quantity) Structured(obx, repetition, quantity, "", default);
        else if (node.Get("valueRatio") is { ValueKind: JsonValueKind.Object } ratio) Structured(obx, repetition, ratio.Get("numerator"), ":", ratio.Get("denominator"));
        else if (node.Get("valueRange") is { ValueKind: JsonValueKind.Object } range) Structured(obx, repetition, range.Get("low"), "-", range.Get("high"));
        else if (node.Get("valueCodeableConcept") is { ValueKind: JsonValueKind.Object } concept) obx.Set(2, "CWE").SetConcept(5, concept, repetition: repetition);
        else if (node.Get("valuePeriod") is { ValueKind: JsonValueKind.Object } period) obx.Set(2, "DR").SetPeriod(5, period, 1, 2, repetition);
        else if (node.Text("valueDateTime") is { } time) obx.Set(2, time.Contains('T', StringComparison.Ordinal) ? "DTM" : "DT").SetTime(5, time, repetition: repetition);
        else if (node.Text("valueTime") is { } timeOfDay) obx.Set(2, "TM").Set(5, Dtm.OfTime(timeOfDay), repetition: repetition);
        else if (node.Text("valueString") is { } text) obx.Set(2, text.Contains('\n', StringComparison.Ordinal) ? "TX" : "ST").SetLines(5, text);
    }

    // NM where it is a plain number; SN with comparator, separator and second number else.
    private static void Structured(SegmentDraft obx, int repetition, JsonElement first, string separator, JsonElement second)
    {
        obx.SetUnit(6, first);
        var comparator = first.Text("comparator");
        if (comparator is null && separator.Length == 0)
        {
            obx.Set(2, "NM").Set(5, first.Text("value"), repetition: repetition);
            return;
        }

        obx.Set(2, "SN").Set(5, comparator, repetition: repetition).Set(5, first.Text("value"), 2, repetition: repetition);
        obx.Set(5, separator, 3, repetition: repetition).Set(5, second.Text("value"), 4, repetition: repetition);
    }
}
