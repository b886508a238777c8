using System.Text.Json;

namespace EHealthPlus.Transformers.FhirToHl7v2.Reading;

/// <summary>Reading of FHIR JSON by element names; what is not there is a default value, never an exception.</summary>
internal static class FhirElement
{
    public static bool Exists(this JsonElement element) => element.ValueKind != JsonValueKind.Undefined;

    public static JsonElement Get(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) ? found : default;

    /// <summary>Text of a primitive: a string as it is, a number with its digits; null where there is none.</summary>
    public static string? Text(this JsonElement element, string name) => element.Get(name).AsText();

    public static string? AsText(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>The items of a list; a single element counts as a list of one.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name)
    {
        var found = element.Get(name);
        return found.ValueKind switch
        {
            JsonValueKind.Array => found.EnumerateArray(),
            JsonValueKind.Undefined or JsonValueKind.Null => [],
            _ => [found],
        };
    }

    public static JsonElement First(this JsonElement element, string name) => element.Items(name).FirstOrDefault();

    /// <summary>The extension of that URL, or of a URL that ends with a slash and this name.</summary>
    public static JsonElement Extension(this JsonElement element, string url) =>
        element.Items("extension").FirstOrDefault(extension => extension.Text("url") is { } stated && (stated == url || stated.EndsWith("/" + url, StringComparison.Ordinal)));

    public static bool Has(this JsonElement element, string name) => element.Get(name).Exists();

    /// <summary>True where one of the codings of a concept has the code.</summary>
    public static bool HasCode(this JsonElement concept, string code) => concept.Items("coding").Any(coding => coding.Text("code") == code);
}
