using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>A chain of Locations, each part of the next wider one, as PL (HL7 v2.8.2 2A.53).</summary>
internal static class Pl
{
    /// <summary>More than any chain has: a ring of locations ends there.</summary>
    private const int Longest = 16;

    public static SegmentDraft SetLocation(this SegmentDraft segment, int field, CanonicalMessage message, JsonElement reference)
    {
        var location = message.Resolve(reference);
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
            segment.Set(field, location.Text("name") ?? location.First("identifier").Text("value"), component);
            if (step == 0) segment.Set(field, location.Text("description"), 9);
            location = message.Resolve(location.Get("partOf"));
        }

        return segment;
    }
}
