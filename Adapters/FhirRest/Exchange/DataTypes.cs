using System.Globalization;
using System.Text.Json;

namespace EHealthPlus.Adapters.FhirRest.Exchange;

/// <summary>FHIR R4 data types as JSON (R4 2.24).</summary>
internal static class DataTypes
{
    /// <summary>Instant in UTC with milliseconds.</summary>
    public static string Instant(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static void WriteCoding(this Utf8JsonWriter json, string system, string code, string? display = null)
    {
        json.WriteStartObject();
        json.WriteString("system", system);
        json.WriteString("code", code);
        if (display is not null) json.WriteString("display", display);
        json.WriteEndObject();
    }

    /// <summary>A CodeableConcept of one coding, under a name or, where that is null, as an array item.</summary>
    public static void WriteConcept(this Utf8JsonWriter json, string? name, string system, string code, string? display = null)
    {
        if (name is null) json.WriteStartObject();
        else json.WriteStartObject(name);
        json.WriteStartArray("coding");
        json.WriteCoding(system, code, display);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteReference(this Utf8JsonWriter json, string name, string reference)
    {
        json.WriteStartObject(name);
        json.WriteString("reference", reference);
        json.WriteEndObject();
    }

    public static void WriteMeta(this Utf8JsonWriter json, string versionId, DateTimeOffset? lastUpdated)
    {
        json.WriteStartObject("meta");
        json.WriteString("versionId", versionId);
        if (lastUpdated is { } at) json.WriteString("lastUpdated", Instant(at));
        json.WriteEndObject();
    }
}
