using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Reading;

/// <summary>
/// Writes the other halves of an examination into a report or a study that is read: DiagnosticReport.imagingStudy, and basedOn of both. What the reader
/// may not see is not named.
/// </summary>
internal static class JoinedLinks
{
    private static readonly (string Type, string Element)[] Elements = [("ServiceRequest", "basedOn"), ("ImagingStudy", "imagingStudy")];

    /// <summary>Whether links may come and go without a new version.</summary>
    public static bool May(string type) => type is "DiagnosticReport" or "ImagingStudy";

    /// <returns>The same resource where nothing is to be added.</returns>
    public static StoredResource Into(StoredResource resource, Grant grant)
    {
        var visible = resource.Joined.Where(half => grant.Covers(half.Category)).ToList();
        if (visible.Count == 0) return resource;
        using var document = JsonDocument.Parse(resource.Json);
        var root = document.RootElement;
        var links = Elements.ToDictionary(each => each.Element, each => visible.Where(half => half.Type == each.Type).Select(half => $"{half.Type}/{half.Id}")
            .Except(StatedReferences(root, each.Element), StringComparer.Ordinal).ToList(), StringComparer.Ordinal);
        if (links.Values.All(added => added.Count == 0)) return resource;
        return resource with { Json = ServedResource.Compose(json => Write(json, root, links)) };
    }

    private static void Write(Utf8JsonWriter json, JsonElement root, Dictionary<string, List<string>> links)
    {
        json.WriteStartObject();
        foreach (var element in root.EnumerateObject())
        {
            if (links.Remove(element.Name, out var added)) WriteList(json, element.Name, element.Value, added);
            else element.WriteTo(json);
        }

        foreach (var (name, added) in links)
        {
            if (added.Count > 0) WriteList(json, name, default, added);
        }

        json.WriteEndObject();
    }

    /// <param name="stated">What the resource itself says; undefined where it says nothing.</param>
    private static void WriteList(Utf8JsonWriter json, string name, JsonElement stated, List<string> added)
    {
        var next = 0;
        json.WriteStartArray(name);
        foreach (var reference in stated.ValueKind == JsonValueKind.Array ? stated.EnumerateArray() : default)
        {
            // The order by its accession number: the first that was found is the one.
            if (next < added.Count && name == "basedOn" && !reference.TryGetProperty("reference", out _)) WriteReference(json, added[next++], reference);
            else reference.WriteTo(json);
        }

        for (; next < added.Count; next++) WriteReference(json, added[next], default);
        json.WriteEndArray();
    }

    private static void WriteReference(Utf8JsonWriter json, string reference, JsonElement stated)
    {
        json.WriteStartObject();
        json.WriteString("reference", reference);
        if (stated.ValueKind == JsonValueKind.Object)
        {
            foreach (var element in stated.EnumerateObject()) element.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static IEnumerable<string> StatedReferences(JsonElement root, string element) =>
        root.TryGetProperty(element, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(item => item.TryGetProperty("reference", out var reference) ? reference.GetString() ?? "" : "")
            : [];
}
