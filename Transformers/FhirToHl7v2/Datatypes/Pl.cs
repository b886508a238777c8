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
        var location = message.Resolve(reference);
        var repetition = segment.Repetitions(field);
        for (var step = 0; step < Longest && location.Exists(); step++)
        {
            var component = location.Get("physicalType").First("coding").Text("code") switch
            {
                "bd" => 3,
                "ro" => 2,
                "lvl" => 8,
                "bu" => 7,
                "si" => 4,
                _ => 1,
            };
            var (id, type) = Hd.UniversalIdOf(location);
            segment.Set(field, location.Text("name"), component, repetition: repetition).Set(field, id, component, 2, repetition).Set(field, type, component, 3, repetition);
            if (step == 0) segment.Set(field, location.Text("description"), 9, repetition: repetition);
            location = message.Resolve(location.Get("partOf"));
        }

        return segment;
    }
}
