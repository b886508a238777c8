using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>date, dateTime, instant and time as DTM, DT and TM: the precision and the zone that FHIR states, nothing added.</summary>
internal static class Dtm
{
    public static SegmentDraft SetTime(this SegmentDraft segment, int field, string? fhir, int component = 1, int subcomponent = 1, int repetition = 0) =>
        segment.Set(field, Of(fhir), component, subcomponent, repetition);

    /// <summary>Start and end of a Period as two components.</summary>
    public static SegmentDraft SetPeriod(this SegmentDraft segment, int field, JsonElement period, int start, int end, int repetition = 0) =>
        segment.SetTime(field, period.Text("start"), start, repetition: repetition).SetTime(field, period.Text("end"), end, repetition: repetition);

    /// <summary>2026-11-21T10:15:00+08:00 is 20261121101500+0800; Z is +0000.</summary>
    public static string? Of(string? fhir)
    {
        if (fhir is null) return null;
        var t = fhir.IndexOf('T', StringComparison.Ordinal);
        if (t < 0) return fhir.Replace("-", "", StringComparison.Ordinal);
        var rest = fhir[(t + 1)..];
        var zone = rest.IndexOfAny(['Z', '+', '-']);
        var time = (zone < 0 ? rest : rest[..zone]).Replace(":", "", StringComparison.Ordinal);
        var offset = zone < 0 ? "" : rest[zone] == 'Z' ? "+0000" : rest[zone..].Replace(":", "", StringComparison.Ordinal);
        return fhir[..t].Replace("-", "", StringComparison.Ordinal) + time + offset;
    }

    /// <summary>A time of day, 09:30:00, as TM.</summary>
    public static string? OfTime(string? fhir) => fhir?.Replace(":", "", StringComparison.Ordinal);
}
