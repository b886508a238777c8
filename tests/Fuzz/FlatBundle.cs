using System.Text.Json;

namespace EHealthPlus.Tests.Fuzz;

/// <summary>The primitives of a bundle under the paths that the ledger gives them, such as Patient.name[0].family.</summary>
internal static class FlatBundle
{
    public static Dictionary<string, string> Of(ReadOnlyMemory<byte> bundle)
    {
        using var document = JsonDocument.Parse(bundle);
        var primitives = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject().Where(property => !property.NameEquals("entry"))) Add($"Bundle.{property.Name}", property.Value, primitives);
        var resources = document.RootElement.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource")).ToList();
        foreach (var type in resources.GroupBy(resource => resource.GetProperty("resourceType").GetString()!))
        {
            var all = type.ToList();
            for (var number = 0; number < all.Count; number++) Add(all.Count > 1 ? $"{type.Key}[{number}]" : type.Key, all[number], primitives);
        }

        return primitives;
    }

    private static void Add(string path, JsonElement element, Dictionary<string, string> primitives)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            // What JSON holds beside a primitive, under its name with an underscore, the ledger counts to the primitive.
            foreach (var property in element.EnumerateObject()) Add($"{path}.{property.Name.TrimStart('_')}", property.Value, primitives);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            var number = 0;
            foreach (var item in element.EnumerateArray()) Add($"{path}[{number++}]", item, primitives);
        }
        else if (element.ValueKind != JsonValueKind.Null)
        {
            primitives[path] = element.ToString();
        }
    }
}
