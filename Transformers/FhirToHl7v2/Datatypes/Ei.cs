using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>Identifier as EI (HL7 v2.8.2 2A.28), and pairs of such as EIP (2A.29).</summary>
internal static class Ei
{
    /// <summary>Value, namespace, universal id and its type, as components; as subcomponents where a component is given.</summary>
    public static SegmentDraft SetEi(this SegmentDraft segment, int field, JsonElement identifier, int? component = null, int repetition = 0)
    {
        if (!identifier.Exists()) return segment;
        var (name, id, type) = Hd.AuthorityOf(identifier);
        string?[] parts = [identifier.Text("value"), name, id, type];
        for (var part = 1; part <= parts.Length; part++)
        {
            if (component is { } lower) segment.Set(field, parts[part - 1], lower, part, repetition);
            else segment.Set(field, parts[part - 1], part, repetition: repetition);
        }

        return segment;
    }

    /// <summary>Adds each identifier as a repetition.</summary>
    public static SegmentDraft SetEis(this SegmentDraft segment, int field, IEnumerable<JsonElement> identifiers)
    {
        foreach (var identifier in identifiers) segment.SetEi(field, identifier, repetition: segment.Repetitions(field));
        return segment;
    }

    /// <summary>The placer's number and the filler's, by their types PGN and FGN, as a repetition.</summary>
    public static SegmentDraft SetEip(this SegmentDraft segment, int field, IEnumerable<JsonElement> identifiers)
    {
        var repetition = segment.Repetitions(field);
        foreach (var identifier in identifiers) segment.SetEi(field, identifier, Cx.TypeOf(identifier) == "FGN" ? 2 : 1, repetition);
        return segment;
    }
}
