using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>Identifier as CX, and its parts as other types have them (HL7 v2.8.2 2A.14).</summary>
internal static class Cx
{
    public static SegmentDraft SetCx(this SegmentDraft segment, int field, JsonElement identifier, int repetition = 0)
    {
        if (!identifier.Exists()) return segment;
        segment.Set(field, identifier.Text("value"), repetition: repetition);
        segment.SetCheckDigit(field, identifier, 2, repetition);
        segment.SetAuthority(field, identifier, 4, repetition);
        segment.SetIdentifierType(field, identifier, 5, repetition);
        return segment.SetPeriod(field, identifier.Get("period"), 7, 8, repetition);
    }

    public static SegmentDraft SetCxs(this SegmentDraft segment, int field, IEnumerable<JsonElement> identifiers)
    {
        foreach (var identifier in identifiers) segment.SetCx(field, identifier, segment.Repetitions(field));
        return segment;
    }

    /// <summary>The check digit and, in the component behind it, its scheme.</summary>
    public static SegmentDraft SetCheckDigit(this SegmentDraft segment, int field, JsonElement identifier, int component, int repetition) => segment
        .Set(field, identifier.Extension("identifier-checkDigit").Text("valueString"), component, repetition: repetition)
        .Set(field, identifier.Extension("namingsystem-checkDigit").Text("valueString"), component + 1, repetition: repetition);

    public static SegmentDraft SetIdentifierType(this SegmentDraft segment, int field, JsonElement identifier, int component, int repetition) =>
        TypeOf(identifier) is { } type ? segment.Set(field, TableMaps.IdentifierType.CodeFor(type) ?? type, component, repetition: repetition) : segment;

    public static string? TypeOf(JsonElement identifier) => identifier.Get("type").First("coding").Text("code");

    public static IEnumerable<JsonElement> OfType(JsonElement resource, string type) => resource.Items("identifier").Where(identifier => TypeOf(identifier) == type);
}
