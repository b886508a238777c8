using System.Text.Json;

namespace EHealthPlus.Transformers.Fhir.Merging;

/// <summary>
/// Lists of which a message may tell single items: who takes part in an appointment, which problems a goal is for, notes of an order, results
/// of a report, diagnoses of a visit. An item of the record stays beside those of the update, unless the update has it too, or takes it out by
/// its key. Where the update takes out the list by its name, its own is the whole list.
/// </summary>
internal static class KeyedLists
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "Appointment.participant", "Appointment.serviceType", "Goal.addresses", "CarePlan.addresses", "CarePlan.goal", "CarePlan.activity", "CareTeam.participant",
        "EpisodeOfCare.diagnosis", "RelatedPerson.identifier", "RelatedPerson.relationship", "ServiceRequest.note", "ServiceRequest.specimen", "ServiceRequest.identifier",
        "DiagnosticReport.result", "DiagnosticReport.specimen", "Encounter.diagnosis", "Specimen.identifier", "Specimen.request", "Specimen.note",
    };

    // The element of an item that says what it is about.
    private static readonly string[] Targets = ["actor", "member", "condition", "reference"];

    public static bool Has(string type, string property) => Names.Contains($"{type}.{property}");

    /// <param name="stated">The list of the update, or undefined.</param>
    /// <param name="known">The list of the record, or undefined.</param>
    /// <param name="deleted">Such as participant, or participant:Practitioner/1.</param>
    public static void Write(Utf8JsonWriter writer, string property, JsonElement stated, JsonElement known, IReadOnlyList<string> deleted)
    {
        List<JsonElement> items = stated.ValueKind == JsonValueKind.Array ? [.. stated.EnumerateArray()] : [];
        if (known.ValueKind == JsonValueKind.Array && !deleted.Contains(property, StringComparer.Ordinal))
        {
            var keys = items.Select(KeyOf).ToHashSet(StringComparer.Ordinal);
            // Who is not known by anything is nobody to keep beside others.
            items.AddRange(known.EnumerateArray().Where(item =>
                KeyOf(item) is { Length: > 0 } key && !keys.Contains(key) && !deleted.Contains($"{property}:{key}", StringComparer.Ordinal)));
        }

        if (items.Count > 1) items.RemoveAll(IsNobody);

        if (items.Count == 0) return;
        writer.WriteStartArray(property);
        foreach (var item in items) writer.WriteRawValue(item.GetRawText());
        writer.WriteEndArray();
    }

    // Stands where the update knew of nobody: R4 asks for one participant at least.
    private static bool IsNobody(JsonElement item) => item.TryGetProperty("actor", out var actor) && actor.EnumerateObject().All(property => property.NameEquals("extension"));

    /// <summary>What an item refers to, or the code that it is: Practitioner/1, system|value, or its text; empty where it has none of these.</summary>
    private static string KeyOf(JsonElement item)
    {
        var target = TargetOf(item);
        if (Text(target, "reference") is { } literal) return literal;
        if (target.TryGetProperty("identifier", out var identifier)) return $"{Text(identifier, "system")}|{Text(identifier, "value")}";
        if (target.TryGetProperty("coding", out var codings) && codings.GetArrayLength() > 0) return $"{Text(codings[0], "system")}|{Text(codings[0], "code")}";
        return Text(target, "value") is { } value ? $"{Text(target, "system")}|{value}" : Text(target, "text") ?? Text(target, "display") ?? "";
    }

    private static JsonElement TargetOf(JsonElement item)
    {
        foreach (var name in Targets)
        {
            if (item.TryGetProperty(name, out var target) && target.ValueKind == JsonValueKind.Object) return target;
        }

        return item;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;
}
