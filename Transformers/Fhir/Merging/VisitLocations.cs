using System.Text.Json;

namespace EHealthPlus.Transformers.Fhir.Merging;

/// <summary>
/// Encounter.location. Who has left is no longer there, and who never came was not: a visit that has ended has no location in use, also where an update
/// that says nothing of its status names one.
/// </summary>
internal static class VisitLocations
{
    /// <param name="status">Of the visit, once merged.</param>
    public static void Write(Utf8JsonWriter writer, JsonElement locations, string? status)
    {
        writer.WriteStartArray("location");
        foreach (var location in locations.EnumerateArray())
        {
            if (status is "finished" or "cancelled" or "entered-in-error") Left(writer, location, status);
            else writer.WriteRawValue(location.GetRawText());
        }

        writer.WriteEndArray();
    }

    private static void Left(Utf8JsonWriter writer, JsonElement location, string status)
    {
        writer.WriteStartObject();
        foreach (var property in location.EnumerateObject())
        {
            if (!property.NameEquals("status") || !property.Value.ValueEquals("active")) property.WriteTo(writer);
            else if (status == "finished") writer.WriteString("status", "completed");
        }

        writer.WriteEndObject();
    }
}
