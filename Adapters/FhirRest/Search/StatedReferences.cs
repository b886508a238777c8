using System.Text.Json;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>The references that a resource states under a path.</summary>
internal static class StatedReferences
{
    /// <returns>Type and id of each relative reference; what points elsewhere, or by identifier only, is left out.</returns>
    public static IEnumerable<ResourceKey> Of(JsonElement resource, string path)
    {
        foreach (var element in At(resource, path))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("reference", out var reference)) continue;
            if (reference.GetString()?.Split('/') is [{ Length: > 0 } type, { Length: > 0 } id]) yield return new(type, id);
        }
    }

    private static IEnumerable<JsonElement> At(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array) return element.EnumerateArray().SelectMany(item => At(item, path));
        if (path.Length == 0) return [element];
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var (name, rest) = dot < 0 ? (path, "") : (path[..dot], path[(dot + 1)..]);
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var next) ? At(next, rest) : [];
    }
}
