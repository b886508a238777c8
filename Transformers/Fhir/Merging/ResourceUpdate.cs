using System.Text.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Indexing;

namespace EHealthPlus.Transformers.Fhir.Merging;

/// <summary>Applies an update to what the record holds, and finds the index of what comes out.</summary>
public sealed class ResourceUpdate : IResourceMerge
{
    public TranslatedResource Merge(ReadOnlyMemory<byte> current, TranslatedResource update)
    {
        var merged = ResourceMerge.Merge(WithoutVersion(current), update.Json, update.DeletedElements);
        using var document = JsonDocument.Parse(merged);
        return update with { Json = merged, Mode = WriteMode.Replace, Index = JsonIndex.Of(document.RootElement, update.Type), DeletedElements = [] };
    }

    /// <summary>The record adds version and time when it is read: kept, they would make every update look like a change.</summary>
    private static ReadOnlyMemory<byte> WithoutVersion(ReadOnlyMemory<byte> current)
    {
        var resource = JsonNode.Parse(current.Span)!.AsObject();
        if (resource["meta"] is not JsonObject meta) return current;
        meta.Remove("versionId");
        meta.Remove("lastUpdated");
        if (meta.Count == 0) resource.Remove("meta");
        using var output = new MemoryStream(current.Length);
        using (var writer = new Utf8JsonWriter(output, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            resource.WriteTo(writer);
        }

        return output.ToArray();
    }
}
