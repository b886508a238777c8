using System.Text.Json;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>
/// Reads attributes of a DICOM JSON object (PS3.18-2024 annex F), as data sets pass between the rooms. Tags are eight hexadecimal digits, upper
/// case. What is not as the model has it counts as absent.
/// </summary>
public static class JsonDataSet
{
    /// <summary>Levels of JSON that a data set may have: of 64 sequences in each other, each is an element, its values and an item.</summary>
    public const int Depth = 256;

    /// <summary>At the begin of an object that nests as deep as a data set may.</summary>
    public static JsonReaderState Reading { get; } = new(new JsonReaderOptions { MaxDepth = Depth });

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = Depth };
    private static readonly string[] NameGroups = ["Alphabetic", "Ideographic", "Phonetic"];

    /// <summary>Reads an object that nests as deep as a data set may.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json, Deep);

    /// <summary>UN where it says none.</summary>
    public static string VrOf(JsonElement attribute) => attribute.TryGetProperty("vr", out var vr) ? vr.GetString() ?? "UN" : "UN";

    /// <summary>All values of an attribute parted by backslashes, names by the groups of PS3.5-2024 6.2; null where it has no list of values.</summary>
    public static string? ValueOf(JsonElement attribute) =>
        attribute.TryGetProperty("Value", out var values) && values.ValueKind == JsonValueKind.Array ? string.Join('\\', values.EnumerateArray().Select(TextOf)) : null;

    /// <summary>Values of an attribute; none where it is absent or empty.</summary>
    public static JsonElement.ArrayEnumerator Values(JsonElement dataSet, string tag) =>
        dataSet.TryGetProperty(tag, out var attribute) && attribute.TryGetProperty("Value", out var values) && values.ValueKind == JsonValueKind.Array ? values.EnumerateArray() : default;

    /// <summary>The first value where it is text; null where it is not, or there is none.</summary>
    public static string? Text(JsonElement dataSet, string tag) =>
        Values(dataSet, tag).FirstOrDefault() is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Items of a sequence; none where it is absent or empty.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement dataSet, string tag) => Values(dataSet, tag).Where(item => item.ValueKind == JsonValueKind.Object);

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Object => string.Join('=', NameGroups.Select(group => value.TryGetProperty(group, out var name) ? name.GetString() ?? "" : "")).TrimEnd('='),
        _ => "",
    };
}
