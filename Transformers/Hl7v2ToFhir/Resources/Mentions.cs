using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>
/// Who is named in a message again and again in the same words, such as the doctor of a visit and of each of its diagnoses. To build the
/// same once more and fold it into the first would give the same as saying that the second's leaves went where the first's did.
/// </summary>
internal sealed class Mentions(Mapping mapping)
{
    private const int Kept = 8;

    private readonly (Value Value, FhirNode Resource, int FromOrigin, int UntilOrigin)[] known = new (Value, FhirNode, int, int)[Kept];
    private int count;

    public void Clear() => count = 0;

    /// <summary>Where the arena and the notes stand before a resource is built.</summary>
    public (int Origins, int Notes) Mark() => (mapping.Arena.OriginCount, mapping.Notes.Count + mapping.Unmapped.Count);

    /// <summary>Finds who was named by an equal value, and maps the leaves of this one too.</summary>
    public bool TryRepeat(Value value, out FhirNode resource)
    {
        for (var at = 0; at < Math.Min(count, Kept); at++)
        {
            ref var first = ref known[at];
            if (!AreEqual(value, first.Value)) continue;
            mapping.Arena.RepeatOrigins(first.FromOrigin, first.UntilOrigin, value.From - first.Value.From);
            resource = first.Resource;
            return true;
        }

        resource = default;
        return false;
    }

    /// <summary>Remembers who was named. One of whom something was noted is not: what is to be noted may hang on the field.</summary>
    public void Add(Value value, FhirNode resource, (int Origins, int Notes) before)
    {
        var after = Mark();
        if (after.Notes == before.Notes) known[count++ % Kept] = (value, resource, before.Origins, after.Origins);
    }

    private static bool AreEqual(Value one, Value other)
    {
        if (one.Until - one.From != other.Until - other.From || one.Depth != other.Depth) return false;
        var leaves = one.Mapping.Leaves;
        for (int left = one.From, right = other.From; left < one.Until; left++, right++)
        {
            if (leaves[left].Component != leaves[right].Component || leaves[left].Subcomponent != leaves[right].Subcomponent) return false;
            if (!leaves.Raw(left).SequenceEqual(leaves.Raw(right))) return false;
        }

        return true;
    }
}
