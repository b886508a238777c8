using System.Text.Json;

namespace EHealthPlus.Adapters.FhirRest.Reading;

/// <summary>
/// The elements of a resource that _elements asks for (FHIR R4 3.1.1.5.8), with those without which it could be misread: what it is, whose
/// it is, and whether it holds. It is tagged SUBSETTED, so that nobody takes it for the whole.
/// </summary>
internal static class Subset
{
    private static readonly HashSet<string> Always = new(StringComparer.Ordinal)
    {
        "resourceType", "id", "implicitRules", "modifierExtension", "status", "lifecycleStatus", "clinicalStatus", "verificationStatus", "intent", "code", "class", "subject", "patient",
    };

    public static ServedResource Of(ServedResource whole, IReadOnlyList<string> elements)
    {
        using var document = JsonDocument.Parse(whole.Json);
        var root = document.RootElement;
        return whole with
        {
            Json = ServedResource.Compose(json =>
            {
                json.WriteStartObject();
                foreach (var property in root.EnumerateObject())
                {
                    if (property.NameEquals("meta")) WriteMeta(json, property.Value);
                    else if (Kept(property.Name, elements)) Copy(json, property);
                }

                json.WriteEndObject();
            }),
        };
    }

    // onset asks for onsetDateTime too, and an element brings its extensions.
    private static bool Kept(string property, IReadOnlyList<string> elements)
    {
        var name = property.TrimStart('_');
        return Always.Contains(name) || elements.Any(element => name == element || (name.Length > element.Length && name.StartsWith(element, StringComparison.Ordinal) && char.IsAsciiLetterUpper(name[element.Length])));
    }

    private static void WriteMeta(Utf8JsonWriter json, JsonElement meta)
    {
        json.WriteStartObject("meta");
        foreach (var property in meta.EnumerateObject())
        {
            if (!property.NameEquals("tag")) Copy(json, property);
        }

        json.WriteStartArray("tag");
        if (meta.TryGetProperty("tag", out var tags))
        {
            foreach (var tag in tags.EnumerateArray()) tag.WriteTo(json);
        }

        json.WriteStartObject();
        json.WriteString("system", "http://terminology.hl7.org/CodeSystem/v3-ObservationValue");
        json.WriteString("code", "SUBSETTED");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Raw text, so that 1.50 stays 1.50.
    private static void Copy(Utf8JsonWriter json, JsonProperty property)
    {
        json.WritePropertyName(property.Name);
        json.WriteRawValue(property.Value.GetRawText(), skipInputValidation: true);
    }
}
