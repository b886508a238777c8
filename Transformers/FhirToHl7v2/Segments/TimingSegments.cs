using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>TQ1: how much, when and how often a service is done or a drug taken (HL7 v2.8.2 4.5.4).</summary>
internal static class TimingSegments
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("null").RootElement;

    /// <summary>The one TQ1 of a ServiceRequest; none where it says nothing of this but a priority.</summary>
    public static void OfService(MessageDraft draft, JsonElement request)
    {
        draft.Restart("TQ1");
        if (!request.Has("quantityQuantity") && !request.Has("occurrenceTiming") && !request.Has("asNeededCodeableConcept") && !request.Has("asNeededBoolean")) return;
        var tq1 = draft.AddNumbered("TQ1").SetCq(2, request.Get("quantityQuantity"));
        SetTiming(tq1, request.Get("occurrenceTiming"));
        tq1.SetMapped(9, request.Text("priority"), TableMaps.ExtendedPriorityCodes);
        tq1.Set(10, request.Get("asNeededCodeableConcept").Text("text"));
    }

    /// <summary>A TQ1 for each Dosage.</summary>
    public static void OfDrug(MessageDraft draft, JsonElement request, List<JsonElement> dosages)
    {
        draft.Restart("TQ1");
        foreach (var dosage in dosages)
        {
            var tq1 = draft.AddNumbered("TQ1");
            if (OwnDose(dosages, dosage) is { ValueKind: JsonValueKind.Object } dose) tq1.SetCq(2, dose.Get("doseQuantity"));
            SetTiming(tq1, dosage.Get("timing"));
            if (!dosage.Get("timing").Get("repeat").Has("boundsDuration")) tq1.SetCq(6, request.Get("dispenseRequest").Get("expectedSupplyDuration"));
            if (dosage.Has("asNeededCodeableConcept") || dosage.Text("asNeededBoolean") == "true") tq1.Set(9, "PRN").Set(10, dosage.Get("asNeededCodeableConcept").Text("text"));
            else tq1.SetMapped(9, request.Text("priority"), TableMaps.ExtendedPriorityCodes).Set(10, Words(dosage) is { Count: > 0 } words && !dosage.Has("text") ? words[0] : null);
            if (Words(dosage).Count > 0) tq1.SetLines(11, dosage.Text("text"));
        }
    }

    /// <summary>The dose that the RX segment states for all dosages: where a TQ1 has one of its own, the one behind that.</summary>
    public static JsonElement DoseOfDrug(List<JsonElement> dosages)
    {
        var doses = dosages.FirstOrDefault().Items("doseAndRate").ToList();
        return doses.Count > 1 ? doses[1] : OwnDose(dosages, dosages.FirstOrDefault()).Exists() ? default : doses.FirstOrDefault();
    }

    /// <summary>
    /// Instructions in words of the RX segment. An instruction beside the text is such, and the text then that of the TQ1; the text alone
    /// is the RX segment's; an instruction alone the condition of the TQ1.
    /// </summary>
    public static IEnumerable<string> WordsOfDrug(JsonElement dosage) => !dosage.Has("text") ? [] : Words(dosage) is { Count: > 0 } words ? words : dosage.Text("text")!.Split('\n');

    private static List<string> Words(JsonElement dosage) => [.. dosage.Items("additionalInstruction").Where(instruction => !instruction.Has("coding")).Select(instruction => instruction.Text("text") ?? "")];

    // A part of a sequence may have an amount of its own; alone, a second amount in front of that of the RX segment.
    private static JsonElement OwnDose(List<JsonElement> dosages, JsonElement dosage)
    {
        var doses = dosage.Items("doseAndRate").ToList();
        if (doses.Count > 1) return doses[0];
        var same = dosages.TrueForAll(other => JsonElement.DeepEquals(Wrapped(other.First("doseAndRate")), Wrapped(doses.FirstOrDefault())));
        return same ? default : doses.FirstOrDefault();
    }

    private static JsonElement Wrapped(JsonElement element) => element.Exists() ? element : Nothing;

    private static void SetTiming(SegmentDraft tq1, JsonElement timing)
    {
        var repeat = timing.Get("repeat");
        tq1.SetConcept(3, timing.Get("code"), TableMaps.RepeatPattern, component: 1);
        // A pattern in words of its own says how often; a bare period has no other place.
        if (!repeat.Has("frequency") && repeat.Has("period")) tq1.Set(3, repeat.Text("period"), 5).Set(3, repeat.Text("periodUnit"), 6);
        foreach (var time in repeat.Items("timeOfDay")) tq1.Set(4, Dtm.OfTime(time.AsText()), repetition: tq1.Repetitions(4));
        tq1.SetCq(6, repeat.Get("boundsDuration"));
        tq1.SetTime(7, repeat.Get("boundsPeriod").Text("start")).SetTime(8, repeat.Get("boundsPeriod").Text("end"));
        tq1.Set(13, repeat.Text("duration")).Set(13, repeat.Text("durationUnit"), 2).Set(14, repeat.Text("count"));
    }
}
