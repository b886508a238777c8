using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>A chain of Locations, each part of the next wider one, as PL (HL7 v2.8.2 2A.53).</summary>
internal static class Pl
{
    /// <summary>More than any chain has: a ring of locations ends there.</summary>
    private const int Longest = 16;

    /// <summary>Adds the place as a repetition.</summary>
    public static SegmentDraft SetLocation(this SegmentDraft segment, int field, CanonicalMessage message, JsonElement reference)
    {
        var repetition = segment.Repetitions(field);
        return segment.Set(field, message.Resolve(reference).Text("description"), 9, repetition: repetition)
            .SetChain(field, message, reference, repetition, static type => type switch { "bd" => 3, "ro" => 2, "lvl" => 8, "bu" => 7, "si" => 4, _ => 1 });
    }

    /// <summary>The place within an NDL, which has the same parts under other numbers (2A.47).</summary>
    public static SegmentDraft SetNdlLocation(this SegmentDraft segment, int field, CanonicalMessage message, JsonElement reference, int repetition) =>
        segment.SetChain(field, message, reference, repetition, static type => type switch { "bd" => 6, "ro" => 5, "lvl" => 11, "bu" => 10, "si" => 7, _ => 4 });

    // The kind of place decides the component.
    private static SegmentDraft SetChain(this SegmentDraft segment, int field, CanonicalMessage message, JsonElement reference, int repetition, Func<string?, int> componentOf)
    {
        var location = message.Resolve(reference);
        for (var step = 0; step < Longest && location.Exists(); step++)
        {
            var component = componentOf(location.Get("physicalType").First("coding").Text("code"));
            var (id, type) = Hd.UniversalIdOf(location);
            segment.Set(field, location.Text("name"), component, repetition: repetition).Set(field, id, component, 2, repetition).Set(field, type, component, 3, repetition);
            location = message.Resolve(location.Get("partOf"));
        }

        return segment;
    }
}
