using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>OBX and NTE from Observation (HL7 v2.8.2 7.4.2, 2.14.10).</summary>
internal static class ObservationSegments
{
    public static void Write(MessageDraft draft, JsonElement observation)
    {
        var source = draft.Source;
        var obx = draft.AddNumbered("OBX");
        var document = source.All("DocumentReference").FirstOrDefault(document => source.Refers(observation, "derivedFrom", document));
        obx.SetConcept(3, observation.Get("code"));
        obx.Set(4, observation.Extension("observation-v2-subid").Extension("original-sub-identifier").Text("valueString"));
        if (document.Exists()) Attachments.Set(obx, document);
        else Value(obx, observation);
        var range = observation.First("referenceRange");
        obx.Set(7, range.Text("text"));
        obx.SetConcepts(8, observation.Items("interpretation"), TableMaps.InterpretationCodes);
        obx.Set(11, TableMaps.ObservationResultStatusCodesInterpretation.CodeFor(observation.Text("status") ?? ""));
        obx.SetTime(14, observation.Text("effectiveDateTime"));
        foreach (var performer in observation.Items("performer"))
        {
            obx.SetPerson(16, source, performer);
            obx.SetOrganization(23, source, performer);
        }

        obx.SetConcept(17, observation.Get("method"));
        obx.SetEi(18, observation.Get("device").Get("identifier"));
        obx.SetTime(19, observation.Extension("observation-analysis-date-time").Text("valueDateTime"));
        obx.SetConcept(20, observation.Get("bodySite"));
        obx.SetEi(21, observation.First("identifier"));
        Notes(draft, observation);
    }

    public static void Notes(MessageDraft draft, JsonElement resource)
    {
        draft.Restart("NTE");
        foreach (var note in resource.Items("note"))
        {
            var nte = draft.AddNumbered("NTE");
            foreach (var line in (note.Text("text") ?? "").Split('\n')) nte.Set(3, line, repetition: nte.Repetitions(3));
            nte.SetPerson(5, draft.Source, note.Get("authorReference")).SetTime(6, note.Text("time"));
        }
    }

    private static void Value(SegmentDraft obx, JsonElement observation)
    {
        var quantity = observation.Get("valueQuantity");
        if (quantity.Exists())
        {
            if (quantity.Text("comparator") is { } comparator) obx.Set(2, "SN").Set(5, comparator).Set(5, quantity.Text("value"), 2);
            else obx.Set(2, "NM").Set(5, quantity.Text("value"));
            obx.SetUnit(6, quantity);
        }
        else if (observation.Get("valueRatio") is { ValueKind: JsonValueKind.Object } ratio)
        {
            obx.Set(2, "SN").Set(5, ratio.Get("numerator").Text("comparator")).Set(5, ratio.Get("numerator").Text("value"), 2).Set(5, ":", 3).Set(5, ratio.Get("denominator").Text("value"), 4);
            obx.SetUnit(6, ratio.Get("numerator"));
        }
        else if (observation.Get("valueRange") is { ValueKind: JsonValueKind.Object } range)
        {
            obx.Set(2, "SN").Set(5, range.Get("low").Text("value"), 2).Set(5, "-", 3).Set(5, range.Get("high").Text("value"), 4);
            obx.SetUnit(6, range.Get("low"));
        }
        else if (observation.Get("valueCodeableConcept") is { ValueKind: JsonValueKind.Object } concept)
        {
            obx.Set(2, "CWE").SetConcept(5, concept);
        }
        else if (observation.Get("valuePeriod") is { ValueKind: JsonValueKind.Object } period)
        {
            obx.Set(2, "DR").SetTime(5, period.Text("start")).SetTime(5, period.Text("end"), 2);
        }
        else if (observation.Text("valueDateTime") is { } time)
        {
            obx.Set(2, time.Contains('T', StringComparison.Ordinal) ? "DTM" : "DT").SetTime(5, time);
        }
        else if (observation.Text("valueTime") is { } timeOfDay)
        {
            obx.Set(2, "TM").Set(5, Dtm.OfTime(timeOfDay));
        }
        else if (observation.Text("valueString") is { } text)
        {
            obx.Set(2, text.Contains('\n', StringComparison.Ordinal) ? "TX" : "ST");
            foreach (var line in text.Split('\n')) obx.Set(5, line, repetition: obx.Repetitions(5));
        }
    }
}
