using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;

namespace EHealthPlus.Adapters.FhirRest.Reading;

/// <summary>Bundle of type history (FHIR R4 3.1.0.10): a page of versions, each with the change that made it, newest first.</summary>
internal static class HistoryBundle
{
    /// <param name="self">Address of the history, without parameters.</param>
    public static void Write(Utf8JsonWriter json, string baseUrl, string self, HistoryPage page)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "Bundle");
        json.WriteString("type", "history");
        json.WriteNumber("total", page.Total);
        json.WriteStartArray("link");
        WriteLink(json, "self", self + page.Self);
        if (page.Next is not null) WriteLink(json, "next", self + page.Next);
        json.WriteEndArray();
        // R4 has no empty lists.
        if (page.Versions.Count > 0)
        {
            json.WriteStartArray("entry");
            foreach (var version in page.Versions) WriteEntry(json, baseUrl, version);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, string relation, string url)
    {
        json.WriteStartObject();
        json.WriteString("relation", relation);
        json.WriteString("url", url);
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
