using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.Fhir.Writing;

/// <summary>Where one resource stands in the bundle's bytes.</summary>
public readonly record struct ResourceSlice(FhirNode Resource, int Offset, int Length);

/// <summary>Writes an arena as a Bundle: its first resource is the Bundle itself, each other one an entry.</summary>
public static class BundleWriter
{
    /// <summary>
    /// Base of entry.fullUrl. References in a bundle are relative (Encounter/id) so that they stay right when the resources are stored
    /// one by one; R4 3.1.3.4 resolves such a reference against the base of the entry's fullUrl, which therefore must be a RESTful URL
    /// and not a urn:uuid. The host is of the reserved top level domain "invalid" (RFC 2606): nobody can own it.
    /// </summary>
    public const string FullUrlBase = "https://ehealthplus.invalid/fhir/";

    /// <param name="slices">Gets one for each resource that was written, in order.</param>
    public static void Write(FhirArena arena, JsonOutput output, List<ResourceSlice> slices)
    {
        var bundle = arena.ResourceAt(0);
        arena.TextIsPlain = JsonOutput.IsPlain(arena.Text);
        output.Raw("{\"resourceType\":\"Bundle\""u8);
        ResourceWriter.Children(arena, bundle.Index, output, comma: true);
        arena[bundle.Index].State |= NodeState.Written;
        output.Raw(",\"entry\":["u8);
        for (var position = 1; position < arena.ResourceCount; position++)
        {
            var resource = arena.ResourceAt(position);
            var start = output.Length;
            if (slices.Count > 0) output.Raw((byte)',');
            output.Raw("{\"fullUrl\":\""u8);
            output.Plain(FullUrlBase);
            output.Plain(resource.Name);
            output.Raw((byte)'/');
            if (arena.Find(resource.Index, "id") is >= 0 and var id) output.Raw(arena.TextOf(arena[id]));
            output.Raw("\",\"resource\":"u8);
            var body = output.Length;
            if (!ResourceWriter.Write(resource, output))
            {
                output.RollBack(start);
                continue;
            }

            slices.Add(new ResourceSlice(resource, body, output.Length - body));
            output.Raw((byte)'}');
        }

        output.Raw("]}"u8);
    }
}
