using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;

namespace EHealthPlus.Adapters.FhirRest.Reading;

/// <summary>Bundle of type history (FHIR R4 3.1.0.10): each version with the change that made it, newest first.</summary>
internal static class HistoryBundle
{
    public static void Write(Utf8JsonWriter json, string baseUrl, string self, IReadOnlyList<ServedResource> versions)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "Bundle");
        json.WriteString("type", "history");
        json.WriteNumber("total", versions.Count);
        json.WriteStartArray("link");
        json.WriteStartObject();
        json.WriteString("relation", "self");
        json.WriteString("url", self);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("entry");
        foreach (var version in versions) WriteEntry(json, baseUrl, version);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, string baseUrl, ServedResource version)
    {
        json.WriteStartObject();
        json.WriteString("fullUrl", $"{baseUrl}/{version.Type}/{version.Id}");
        json.WritePropertyName("resource");
        version.Write(json);
        json.WriteStartObject("request");
        json.WriteString("method", "PUT");
        json.WriteString("url", $"{version.Type}/{version.Id}");
        json.WriteEndObject();
        json.WriteStartObject("response");
        json.WriteString("status", version.VersionId == "1" ? "201 Created" : "200 OK");
        json.WriteString("etag", $"W/\"{version.VersionId}\"");
        if (version.LastUpdated is { } at) json.WriteString("lastModified", DataTypes.Instant(at));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
