using System.Globalization;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Transformers.DicomToFhir.Reading;

/// <summary>
/// A DICOM JSON object (PS3.18-2024 annex F) with a leaf for each value. In the ledger an attribute stands as (0010,0020)[2]-15: of the second
/// series, its fifteenth instance; attributes within a sequence behind the path to it.
/// </summary>
internal sealed class Attributes
{
    private static readonly string[] NameGroups = ["Alphabetic", "Ideographic", "Phonetic"];

    private readonly Dictionary<string, List<AttributeValue>> elements = new(StringComparer.Ordinal);

    /// <param name="series">Which series, from 1; 1 too for what is above them.</param>
    /// <param name="instance">Which instance of it, from 1; 0 for what is above them.</param>
    public static Attributes Read(JsonElement dataSet, int series, int instance, AttributeLeaves leaves) => Read(dataSet, "", series, instance, leaves);

    /// <summary>Values of an attribute; empty where it is absent or has none.</summary>
    /// <param name="tag">Eight hexadecimal digits, upper case.</param>
    public IReadOnlyList<AttributeValue> All(string tag) => elements.TryGetValue(tag, out var values) ? values : [];

    /// <summary>The first value; null where there is none.</summary>
    public AttributeValue? First(string tag) => elements.TryGetValue(tag, out var values) && values.Count > 0 ? values[0] : null;

    /// <summary>Text of the first value, or empty.</summary>
    public string Text(string tag) => First(tag)?.Text ?? "";

    /// <summary>Tags of the attributes that have a value.</summary>
    public IEnumerable<string> Tags => elements.Keys;

    /// <summary>Each value, those within sequences too.</summary>
    public IEnumerable<AttributeValue> Leaves() => elements.Values.SelectMany(values => values).SelectMany(LeavesOf);

    /// <summary>The value itself, each group of a name, or what is in an item.</summary>
    public static IEnumerable<AttributeValue> LeavesOf(AttributeValue value) =>
        value.Item is { } item ? item.Leaves() : value.Name.Count > 0 ? value.Name.Select(group => new AttributeValue(group.Text, group.Leaf)) : [value];

    private static Attributes Read(JsonElement dataSet, string path, int series, int instance, AttributeLeaves leaves)
    {
        var attributes = new Attributes();
        if (dataSet.ValueKind != JsonValueKind.Object) return attributes;
        foreach (var element in dataSet.EnumerateObject())
        {
            if (element is not { Name.Length: 8, Value.ValueKind: JsonValueKind.Object }) continue;
            var values = new List<AttributeValue>();
            var name = $"{path}({element.Name.AsSpan(0, 4)},{element.Name.AsSpan(4)})";
            if (element.Value.TryGetProperty("Value", out var list) && list.ValueKind == JsonValueKind.Array)
            {
                var several = list.GetArrayLength() > 1;
                var number = 0;
                foreach (var value in list.EnumerateArray()) ReadValue(value, name, several ? ++number : 0, new(series, instance), leaves, values);
            }
            else if ((element.Value.TryGetProperty("InlineBinary", out var bytes) || element.Value.TryGetProperty("BulkDataURI", out bytes)) && bytes.ValueKind == JsonValueKind.String)
            {
                Add(values, bytes.GetString()!, new FieldLocation(name, series, instance), leaves);
            }

            if (values.Count > 0) attributes.elements[element.Name] = values;
        }

        return attributes;
    }

    private static void ReadValue(JsonElement value, string name, int number, Place place, AttributeLeaves leaves, List<AttributeValue> values)
    {
        var location = new FieldLocation(name, place.Series, place.Instance, number);
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                Add(values, value.GetString()!, location, leaves);
                break;
            case JsonValueKind.Number:
                Add(values, value.GetRawText(), location, leaves);
                break;
            case JsonValueKind.Object when NameGroups.Any(group => value.TryGetProperty(group, out _)):
                Add(values, value, location, leaves);
                break;
            case JsonValueKind.Object:
                var item = number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"[{number}]");
                values.Add(new("", -1) { Item = Read(value, $"{name}{item}>", place.Series, place.Instance, leaves) });
                break;
            default:
                break;
        }
    }

    private static void Add(List<AttributeValue> values, string text, FieldLocation location, AttributeLeaves leaves)
    {
        if (text.Length > 0) values.Add(new(text, leaves.Add(location, text)));
    }

    // PS3.5-2024 6.2.1: up to three component groups of one name.
    private static void Add(List<AttributeValue> values, JsonElement name, FieldLocation location, AttributeLeaves leaves)
    {
        var groups = new List<NameGroup>();
        for (var at = 0; at < NameGroups.Length; at++)
        {
            if (!name.TryGetProperty(NameGroups[at], out var group) || group.ValueKind != JsonValueKind.String || group.GetString() is not { Length: > 0 } text) continue;
            groups.Add(new("AIP"[at], text, leaves.Add(location with { Component = at + 1 }, text)));
        }

        if (groups.Count > 0) values.Add(new(groups[0].Text, groups[0].Leaf) { Name = groups });
    }

    private readonly record struct Place(int Series, int Instance);
}

/// <summary>One value: text or number as sent, a name in its component groups, or an item of a sequence.</summary>
/// <param name="Leaf">-1 for an item.</param>
internal sealed record AttributeValue(string Text, int Leaf)
{
    public IReadOnlyList<NameGroup> Name { get; init; } = [];

    public Attributes? Item { get; init; }
}

/// <summary>One component group of a name: family^given^middle^prefix^suffix.</summary>
/// <param name="Representation">A alphabetic, I ideographic, P phonetic (HL7 table 4000).</param>
internal sealed record NameGroup(char Representation, string Text, int Leaf)
{
    /// <summary>Component from 0; empty where it is absent.</summary>
    public string this[int component] => Text.Split('^') is var parts && component < parts.Length ? parts[component].Trim() : "";
}
