using System.Text.Encodings.Web;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Hl7v2ToFhir;

namespace EHealthPlus.Endpoints.Cli.Messages;

/// <summary>
/// Which elements of a bundle the message says that was written from it. That is not what the writer says of itself: the message is
/// translated to FHIR again, and an element is written where the same value stands at the same path there. Ids and references are left
/// out: they are not data of the patient, and are made anew.
/// </summary>
internal sealed record WayBackLedger(IReadOnlyList<WayBackRow> Rows)
{
    private const string LocalPrefix = "urn:ehealthplus:local:";

    public int Written => Rows.Count(row => row.Written);

    /// <param name="bundle">FHIR JSON that the writer has read.</param>
    /// <param name="message">What was written. Where it can't be read again, no element counts as written.</param>
    public static WayBackLedger Of(ReadOnlyMemory<byte> bundle, ReadOnlyMemory<byte> message)
    {
        var again = new Hl7v2Translator().Translate(message, new TranslationContext(LocalSource.Of("UNICODE UTF-8", null), null, null, TimeProvider.System.GetUtcNow()));
        var returned = again.Accepted ? Elements(again.Value.Bundle).CountBy(element => (element.Kind, element.Value)).ToDictionary() : [];
        List<WayBackRow> rows = [];
        foreach (var (path, kind, value) in Elements(bundle))
        {
            var left = returned.GetValueOrDefault((kind, value));
            if (left > 0) returned[(kind, value)] = left - 1;
            rows.Add(new(path, value, left > 0));
        }

        return new(rows);
    }

    public void Write(Stream output)
    {
        using var json = new Utf8JsonWriter(output, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartObject("counts");
        json.WriteNumber("elements", Rows.Count);
        json.WriteNumber("written", Written);
        json.WriteNumber("notWritten", Rows.Count - Written);
        json.WriteEndObject();
        json.WriteStartArray("rows");
        foreach (var row in Rows)
        {
            json.WriteStartObject();
            json.WriteString("path", row.Path);
            json.WriteString("value", row.Value);
            json.WriteString("disposition", row.Written ? "written" : "not written");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Path with its places in lists, the same without them, and the value: those of each resource and of the bundle itself.
    private static IEnumerable<(string Path, string Kind, string Value)> Elements(ReadOnlyMemory<byte> bundle)
    {
        using var document = JsonDocument.Parse(bundle);
        var entries = document.RootElement.TryGetProperty("entry", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : [];
        foreach (var (entry, at) in entries.Select((entry, at) => (entry, at)))
        {
            if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("resource", out var resource) || !resource.TryGetProperty("resourceType", out var type)) continue;
            foreach (var element in Leaves($"Bundle.entry[{at}].resource", type.ToString(), resource)) yield return element;
        }
    }

    private static IEnumerable<(string Path, string Kind, string Value)> Leaves(string path, string kind, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Where(property => property.Name is not ("id" or "reference" or "resourceType")).SelectMany(property => Leaves($"{path}.{property.Name}", $"{kind}.{property.Name}", property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, at) => Leaves($"{path}[{at}]", kind, item)),
        _ => [(path, kind, Neutral(element.ToString()))],
    };

    // A name that is local to one source reads the same from another.
    private static string Neutral(string value)
    {
        if (!value.StartsWith(LocalPrefix, StringComparison.Ordinal)) return value;
        return value.IndexOf(':', LocalPrefix.Length) is > 0 and var end ? LocalPrefix + value[(end + 1)..] : value;
    }
}

/// <param name="Path">FHIRPath of the element.</param>
internal sealed record WayBackRow(string Path, string Value, bool Written);
