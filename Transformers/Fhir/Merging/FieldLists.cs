using System.Text.Json;

namespace EHealthPlus.Transformers.Fhir.Merging;

/// <summary>
/// Lists that several fields of a segment fill, each with items of its own: attending doctors and referring ones, numbers at home and at work. What a
/// field states takes the place of all items of its kind in the record, and of no others (HL7 v2.5.1 2.5.3).
/// </summary>
internal static class FieldLists
{
    private static readonly Dictionary<string, Func<JsonElement, string>> Kinds = new(StringComparer.Ordinal)
    {
        ["Patient.identifier"] = KindOfIdentifier,
        ["Patient.name"] = KindOfName,
        ["Patient.telecom"] = item => Text(item, "use") ?? Text(item, "system") ?? "",
        ["Patient.generalPractitioner"] = item => KindOfPerson(Text(item, "reference")) ?? "",
        ["RelatedPerson.telecom"] = item => Text(item, "use") == "work" ? "work" : "",
        ["Encounter.identifier"] = KindOfIdentifier,
        ["Encounter.participant"] = KindOfParticipant,
        ["Procedure.performer"] = item => CodeOf(item, "function") ?? "",
        ["Coverage.identifier"] = item => CodeOf(item) ?? "",
        ["Specimen.condition"] = SystemOf,
    };

    public static bool Has(string type, string property) => Kinds.ContainsKey($"{type}.{property}");

    /// <param name="stated">The list of the update, or undefined.</param>
    /// <param name="known">The list of the record, or undefined.</param>
    /// <param name="deleted">Such as telecom, or telecom:work.</param>
    public static void Write(Utf8JsonWriter writer, string type, string property, JsonElement stated, JsonElement known, IReadOnlyList<string> deleted)
    {
        var kindOf = Kinds[$"{type}.{property}"];
        List<JsonElement> items = stated.ValueKind == JsonValueKind.Array ? [.. stated.EnumerateArray()] : [];
        if (known.ValueKind == JsonValueKind.Array && !deleted.Contains(property, StringComparer.Ordinal))
        {
            var kinds = items.Select(kindOf).ToHashSet(StringComparer.Ordinal);
            items.AddRange(known.EnumerateArray().Where(item => kindOf(item) is var kind && !kinds.Contains(kind) && !deleted.Contains($"{property}:{kind}", StringComparer.Ordinal)));
        }

        if (items.Count == 0) return;
        writer.WriteStartArray(property);
        foreach (var item in items) writer.WriteRawValue(item.GetRawText());
        writer.WriteEndArray();
    }

    // Each old number (MRG) is there for itself. PID-19, PID-20 and PV1-19 have a type of their own; the others are one list.
    private static string KindOfIdentifier(JsonElement identifier)
    {
        if (Text(identifier, "use") == "old") return $"old|{Text(identifier, "system")}|{Text(identifier, "value")}";
        return CodeOf(identifier) is { } type and ("SB" or "DL" or "VN") ? type : "";
    }

    // A name without a use is the legal one (HL7 v2.5.1 3.4.2.5).
    private static string KindOfName(JsonElement name) => Text(name, "use") is { } use and not "official" ? use : "";

    // PV1 names persons by what they do; a ROL adds, changes or takes out one.
    private static string KindOfParticipant(JsonElement participant)
    {
        var person = participant.TryGetProperty("individual", out var individual) ? Text(individual, "reference") : null;
        return person is not null && KindOfPerson(person) == person ? person : CodeOf(participant) ?? "";
    }

    // Organization of PD1-3, Practitioner of PD1-4, and each PractitionerRole of a ROL.
    private static string? KindOfPerson(string? reference) =>
        reference is null || reference.StartsWith("PractitionerRole/", StringComparison.Ordinal) ? reference : reference.Split('/')[0];

    // The first code of an element's type or function, which is a concept or a list of them.
    private static string? CodeOf(JsonElement element, string property = "type")
    {
        if (!element.TryGetProperty(property, out var type)) return null;
        if (type.ValueKind == JsonValueKind.Array && type.GetArrayLength() > 0) type = type[0];
        return OfFirstCoding(type, "code");
    }

    // SPM-16, SPM-21 and SPM-24 each have a table of their own.
    private static string SystemOf(JsonElement concept) => OfFirstCoding(concept, "system") ?? "";

    private static string? OfFirstCoding(JsonElement concept, string part) =>
        concept.ValueKind == JsonValueKind.Object && concept.TryGetProperty("coding", out var codings) && codings.GetArrayLength() > 0 ? Text(codings[0], part) : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;
}
