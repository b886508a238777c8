using System.Text;
using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.CodeSystems;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>CodeableConcept and Coding as CWE (HL7 v2.8.2 2A.13).</summary>
internal static class Cwe
{
    private const int First = 1;
    private const int Alternate = 4;
    private const int OriginalText = 9;

    /// <param name="map">Where the field has an official table map: what it added on the way in is not said again.</param>
    /// <param name="component">Where the CWE begins: 1 in a field; it is one level lower in a component.</param>
    public static SegmentDraft SetConcept(this SegmentDraft segment, int field, JsonElement concept, TableMap? map = null, int repetition = 0, int? component = null)
    {
        if (!concept.Exists()) return segment;
        var codings = AsSent([.. concept.Items("coding")], map);
        for (var at = 0; at < Math.Min(codings.Count, 2); at++) segment.SetCoding(field, codings[at], map, repetition, component, at == 0 ? First : Alternate);
        return segment.SetPart(field, concept.Text("text"), repetition, component, OriginalText);
    }

    /// <summary>Each of several concepts as a repetition.</summary>
    public static SegmentDraft SetConcepts(this SegmentDraft segment, int field, IEnumerable<JsonElement> concepts, TableMap? map = null)
    {
        foreach (var concept in concepts) segment.SetConcept(field, concept, map, segment.Repetitions(field));
        return segment;
    }

    public static SegmentDraft SetCoding(
        this SegmentDraft segment, int field, JsonElement coding, TableMap? map = null, int repetition = 0, int? component = null, int at = First)
    {
        if (!coding.Exists() || coding.Text("code") is not { } code) return segment.SetPart(field, coding.Text("display"), repetition, component, at + 1);
        // A bare code of the field's own table has become the mapped code: it goes back to the bare code.
        if (map is not null && !IsOfTable(coding) && IsTarget(map, coding) && map.CodeFor(code) is { } v2) return segment.SetPart(field, v2, repetition, component, at);
        segment.SetPart(field, code, repetition, component, at);
        segment.SetPart(field, coding.Text("display"), repetition, component, at + 1);
        segment.SetPart(field, SystemName(coding.Text("system")), repetition, component, at + 2);
        return segment.SetPart(field, coding.Text("version"), repetition, component, at == First ? 7 : 8);
    }

    /// <summary>The v2 code of a FHIR code that the field's table map gave.</summary>
    public static SegmentDraft SetMapped(this SegmentDraft segment, int field, string? code, TableMap map, int component = 1, int repetition = 0) =>
        segment.Set(field, code is null ? null : map.CodeFor(code), component, repetition: repetition);

    /// <summary>CWE.3 of a code system's URI.</summary>
    public static string? SystemName(string? uri) => uri is null ? null : CodeSystemNames.NameOf(uri) ?? LocalName.Of(uri) ?? (LocalName.IsLocal(uri) ? null : uri);

    private static List<JsonElement> AsSent(List<JsonElement> codings, TableMap? map)
    {
        if (map is null || codings.Count < 2) return codings;
        // The first stands for the second, which is what was sent.
        return IsTarget(map, codings[0], codings[1].Text("code")) ? codings[1..] : codings;
    }

    private static bool IsOfTable(JsonElement coding) => coding.Text("system")?.StartsWith("http://terminology.hl7.org/CodeSystem/v2-", StringComparison.Ordinal) == true;

    private static bool IsTarget(TableMap map, JsonElement coding) => map.Codes.Any(known => IsTarget(map, coding, Encoding.UTF8.GetString(known.Span)));

    // True where the map has the coding for that v2 code.
    private static bool IsTarget(TableMap map, JsonElement coding, string? v2) =>
        v2 is not null && map.TryGet(Encoding.UTF8.GetBytes(v2), out var mapped) && mapped.CodeText == coding.Text("code") && mapped.SystemText == coding.Text("system");

    private static SegmentDraft SetPart(this SegmentDraft segment, int field, string? text, int repetition, int? component, int part) =>
        component is { } lower ? segment.Set(field, text, lower, part, repetition) : segment.Set(field, text, part, repetition: repetition);
}
