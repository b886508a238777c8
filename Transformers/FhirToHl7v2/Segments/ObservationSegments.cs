using System.Globalization;
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
        obx.Set(4, PlaceOf(observation));
        if (document.Exists()) Attachments.Set(obx, document);
        else Value(obx, observation);
        var range = observation.First("referenceRange");
        obx.Set(7, range.Text("text"));
        obx.SetConcepts(8, observation.Items("interpretation"), TableMaps.InterpretationCodes);
        obx.Set(11, StatusOf(observation.Text("status") ?? ""));
        obx.SetTime(14, observation.Text("effectiveDateTime"));
        var others = ObservationPerformers.Set(obx, source, observation);

        obx.SetConcept(17, observation.Get("method"));
        obx.SetEi(18, observation.Get("device").Get("identifier"));
        obx.SetTime(19, observation.Extension("observation-analysis-date-time").Text("valueDateTime"));
        obx.SetConcept(20, observation.Get("bodySite"));
        obx.SetEi(21, observation.First("identifier"));
        ParticipationSegments.OfPerformers(draft, others);
        ParticipationSegments.OfObservation(draft, observation);
        Notes(draft, observation);
    }

    /// <summary>The results of a report, with set ids of their own.</summary>
    public static void Results(MessageDraft draft, JsonElement report)
    {
        draft.Restart("OBX");
        HashSet<string> devices = [];
        foreach (var result in report.Items("result").Select(draft.Source.Resolve))
        {
            DeviceSegments.Tree(draft, result, devices);
            Write(draft, result);
        }
    }

    /// <summary>OBX-4 as it was sent: in a device tree the place of the device and its metric.</summary>
    public static string? PlaceOf(JsonElement observation) => observation.Extension("observation-v2-subid").Extension("original-sub-identifier").Text("valueString");

    public static void Notes(MessageDraft draft, JsonElement resource) => Notes(draft, resource.Items("note"));

    public static void Notes(MessageDraft draft, IEnumerable<JsonElement> notes)
    {
        draft.Restart("NTE");
        foreach (var note in notes)
        {
            var nte = draft.AddNumbered("NTE");
            nte.SetLines(3, note.Text("text"));
            nte.SetPerson(5, draft.Source, note.Get("authorReference")).SetTime(6, note.Text("time"));
        }
    }

    // OBX-11 is required. The official map leaves out what has no result yet, and nobody vouches for what is unknown: entered, not verified.
    private static string StatusOf(string status) => TableMaps.ObservationResultStatusCodesInterpretation.CodeFor(status) ?? (status == "registered" ? "I" : "R");

    private static void Value(SegmentDraft obx, JsonElement observation)
    {
        if (observation.Get("valueSampledData") is { ValueKind: JsonValueKind.Object } samples) Samples(obx, samples);
        else if (!observation.Has("component")) ObservationValue.Set(obx, observation);
        foreach (var component in observation.Items("component")) ObservationValue.Set(obx, component);
        // The unit of a range is that of its value; a value may have none.
        var bound = observation.First("referenceRange").Get("low");
        if (!obx.Has(6)) obx.SetUnit(6, bound.Exists() ? bound : observation.First("referenceRange").Get("high"));
    }

    // NA: the numbers of one channel. MA: a repetition for each moment, with a number of each channel.
    private static void Samples(SegmentDraft obx, JsonElement samples)
    {
        var numbers = (samples.Text("data") ?? "").Split(' ');
        var channels = samples.Text("dimensions") is { } text && int.TryParse(text, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : 1;
        obx.Set(2, channels == 1 ? "NA" : "MA").SetUnit(6, samples.Get("origin"));
        for (var at = 0; at < numbers.Length; at++) obx.Set(5, numbers[at], channels == 1 ? at + 1 : (at % channels) + 1, repetition: channels == 1 ? 0 : at / channels);
    }
}
