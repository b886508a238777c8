using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>Identifier as CX, EI and the HD within them (HL7 v2.8.2 2A.14, 2A.28, 2A.33).</summary>
internal static class Cx
{
    /// <param name="impliedType">The identifier's type that the field stands for by itself: it is not said.</param>
    public static SegmentDraft SetCx(this SegmentDraft segment, int field, JsonElement identifier, string? impliedType = null, int repetition = 0)
    {
        if (!identifier.Exists()) return segment;
        segment.Set(field, identifier.Text("value"), repetition: repetition);
        segment.Set(field, identifier.Extension("identifier-checkDigit").Text("valueString"), 2, repetition: repetition);
        segment.Set(field, identifier.Extension("namingsystem-checkDigit").Text("valueString"), 3, repetition: repetition);
        segment.SetAuthority(field, identifier, 4, repetition);
        if (TypeOf(identifier) is { } type && type != impliedType) segment.Set(field, TableMaps.IdentifierType.CodeFor(type) ?? type, 5, repetition: repetition);
        segment.SetTime(field, identifier.Get("period").Text("start"), 7, repetition: repetition);
        return segment.SetTime(field, identifier.Get("period").Text("end"), 8, repetition: repetition);
    }

    public static SegmentDraft SetCxs(this SegmentDraft segment, int field, IEnumerable<JsonElement> identifiers, string? impliedType = null)
    {
        foreach (var identifier in identifiers) segment.SetCx(field, identifier, impliedType, segment.Repetitions(field));
        return segment;
    }

    /// <summary>EI: value, namespace, universal id and its type, as components; as subcomponents where a component is given.</summary>
    public static SegmentDraft SetEi(this SegmentDraft segment, int field, JsonElement identifier, int? component = null, int repetition = 0)
    {
        if (!identifier.Exists()) return segment;
        var (name, id, type) = Authority(identifier);
        string?[] parts = [identifier.Text("value"), name, id, type];
        for (var part = 1; part <= parts.Length; part++)
        {
            if (component is { } lower) segment.Set(field, parts[part - 1], lower, part, repetition);
            else segment.Set(field, parts[part - 1], part, repetition: repetition);
        }

        return segment;
    }

    /// <summary>The HD of an assigning authority, as a component.</summary>
    public static void SetAuthority(this SegmentDraft segment, int field, JsonElement identifier, int component, int repetition)
    {
        var (name, id, type) = Authority(identifier);
        segment.Set(field, name, component, 1, repetition).Set(field, id, component, 2, repetition).Set(field, type, component, 3, repetition);
    }

    public static string? TypeOf(JsonElement identifier) => identifier.Get("type").First("coding").Text("code");

    public static JsonElement OfType(JsonElement resource, string type) => resource.Items("identifier").FirstOrDefault(identifier => TypeOf(identifier) == type);

    private static (string? Name, string? Id, string? Type) Authority(JsonElement identifier)
    {
        var system = identifier.Text("system");
        var assigner = identifier.Get("assigner").Text("display");
        if (system is null) return (assigner, null, null);
        if (system.StartsWith("urn:oid:", StringComparison.Ordinal)) return (assigner, system[8..], "ISO");
        if (system.StartsWith("urn:uuid:", StringComparison.Ordinal)) return (assigner, system[9..], "UUID");
        return LocalName.Of(system) is { } local ? (local, null, null)
            : system.StartsWith("urn:ehealthplus:local:", StringComparison.Ordinal) ? (assigner, null, null) : (assigner, system, "URI");
    }
}
