using System.Globalization;
using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>A length of time as a number in one field and its unit in the next, as in SCH-9 and SCH-10, or AIS-7 and AIS-8.</summary>
internal static class Durations
{
    /// <returns>Null where the Period has no start or no end.</returns>
    public static string? Minutes(JsonElement period) =>
        Time(period.Text("start")) is { } start && Time(period.Text("end")) is { } end ? (end - start).TotalMinutes.ToString("0", CultureInfo.InvariantCulture) : null;

    /// <param name="minutes">Nothing is set where it is null.</param>
    public static SegmentDraft SetMinutes(this SegmentDraft segment, int field, string? minutes) =>
        minutes is null ? segment : segment.Set(field, minutes).Set(field + 1, "min").Set(field + 1, "Minutes", 2).Set(field + 1, "UCUM", 3);

    private static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;
}
