using System.Text.Json;

namespace EHealthPlus.Transformers.Fhir.Merging;

/// <summary>
/// Encounter.location: where the patient is or is to go (PV1-3, PV1-11, PV1-42, PV2-1) and where he was (PV1-6, PV1-43). He is in one place: what an
/// update says of it takes the place of what was known. Where he was is a history, to which an update adds.
/// </summary>
internal static class VisitLocations
{
    private const string Classification = "http://hl7.org/fhir/StructureDefinition/subject-locationClassification";

    /// <param name="stated">The list of the update, or undefined.</param>
    /// <param name="known">The list of the record, or undefined.</param>
    /// <param name="status">Of the visit, once merged.</param>
    /// <param name="deleted">Such as location, or location:past.</param>
    public static void Write(Utf8JsonWriter writer, JsonElement stated, JsonElement known, string? status, IReadOnlyList<string> deleted)
    {
        List<JsonElement> locations = stated.ValueKind == JsonValueKind.Array ? [.. stated.EnumerateArray()] : [];
        if (known.ValueKind == JsonValueKind.Array && !deleted.Contains("location", StringComparer.Ordinal))
        {
            var places = locations.Select(PlaceOf).ToHashSet();
            var kinds = locations.Select(KindOf).ToHashSet(StringComparer.Ordinal);
            locations.AddRange(known.EnumerateArray().Where(location =>
                !places.Contains(PlaceOf(location)) && !IsReplaced(KindOf(location), kinds) && !deleted.Contains($"location:{KindOf(location)}", StringComparer.Ordinal)));
        }

        if (locations.Count == 0) return;
        writer.WriteStartArray("location");
        foreach (var location in locations)
        {
            if (status is "finished" or "cancelled" or "entered-in-error") Left(writer, location, status);
            else writer.WriteRawValue(location.GetRawText());
        }

        writer.WriteEndArray();
    }

    // Who is in a place is no longer planned for another.
    private static bool IsReplaced(string kind, HashSet<string> stated) => kind switch
    {
        "past" or "past-temporary" => false,
        "planned" => stated.Contains("planned") || stated.Contains("current"),
        _ => stated.Contains(kind),
    };

    private static string KindOf(JsonElement location) => (StatusOf(location), IsTemporary(location)) switch
    {
        ("completed", true) => "past-temporary",
        ("completed", false) => "past",
        (_, true) => "temporary",
        ("reserved", _) => "reserved",
        ("planned", _) => "planned",
        _ => "current",
    };

    private static (string? Reference, bool Temporary) PlaceOf(JsonElement location) =>
        (location.TryGetProperty("location", out var place) && place.TryGetProperty("reference", out var reference) ? reference.GetString() : null, IsTemporary(location));

    private static bool IsTemporary(JsonElement location) => location.TryGetProperty("extension", out var extensions)
        && extensions.EnumerateArray().Any(extension => extension.TryGetProperty("url", out var url) && url.ValueEquals(Classification));

    private static string? StatusOf(JsonElement location) => location.TryGetProperty("status", out var status) ? status.GetString() : null;

    // Who has left is no longer there, and who never came was not, also where an update that says nothing of the status names a place.
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
