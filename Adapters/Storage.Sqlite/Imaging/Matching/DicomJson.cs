using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Matching;

/// <summary>The component groups of a person name.</summary>
internal sealed record NameGroups(string Alphabetic, string Ideographic, string Phonetic);

/// <summary>One attribute of a DICOM JSON object, as far as it can be matched.</summary>
/// <param name="Values">Text as it stands, numbers as written; empty for person names and sequences.</param>
internal sealed record JsonAttribute(string Vr, IReadOnlyList<string> Values, IReadOnlyList<NameGroups> Names)
{
    public string? First => Values is [var first, ..] ? first : null;
}

/// <summary>Reads and writes attributes of DICOM JSON objects (PS3.18-2024 annex F).</summary>
internal static class DicomJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>One for each tag; null where the object has no such attribute.</returns>
    public static JsonAttribute?[] Read(ReadOnlySpan<byte> json, ReadOnlySpan<uint> tags)
    {
        var found = new JsonAttribute?[tags.Length];
        var reader = new Utf8JsonReader(json, isFinalBlock: true, JsonDataSet.Reading);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return found;
        Span<byte> name = stackalloc byte[8];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = -1;
            for (var tag = 0; tag < tags.Length && at < 0; tag++)
                if (tags[tag].TryFormat(name, out _, "X8", CultureInfo.InvariantCulture) && reader.ValueTextEquals(name)) at = tag;
            reader.Read();
            if (at < 0) reader.Skip();
            else found[at] = Attribute(ref reader);
        }

        return found;
    }

    /// <summary>The same of each item of a sequence; none where the object has no such sequence.</summary>
    public static List<JsonAttribute?[]> ReadItems(ReadOnlyMemory<byte> json, uint sequence, uint[] tags)
    {
        using var document = JsonDataSet.Parse(json);
        return [.. JsonDataSet.Items(document.RootElement, sequence.ToString("X8", CultureInfo.InvariantCulture)).Select(item => Read(JsonMarshal.GetRawUtf8Value(item), tags))];
    }

    /// <summary>The object with these attributes; those that it has already are replaced.</summary>
    public static byte[] With(ReadOnlyMemory<byte> json, params ReadOnlySpan<(uint Tag, string Vr, IReadOnlyList<object> Values)> attributes)
    {
        using var output = new MemoryStream(json.Length + 160);
        using (var writer = new Utf8JsonWriter(output))
        using (var document = JsonDataSet.Parse(json))
        {
            writer.WriteStartObject();
            foreach (var attribute in document.RootElement.EnumerateObject())
            {
                var replaced = false;
                foreach (var (tag, _, _) in attributes) replaced |= attribute.NameEquals(tag.ToString("X8", CultureInfo.InvariantCulture));
                if (!replaced) attribute.WriteTo(writer);
            }

            foreach (var (tag, vr, values) in attributes)
            {
                writer.WriteStartObject(tag.ToString("X8", CultureInfo.InvariantCulture));
                writer.WriteString("vr", vr);
                writer.WriteStartArray("Value");
                foreach (var value in values)
                {
                    if (value is long number) writer.WriteNumberValue(number);
                    else writer.WriteStringValue((string)value);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return output.ToArray();
    }

    /// <summary>Both objects in one: where both have an attribute the later one holds, unless it has no value. What says nothing takes nothing away.</summary>
    public static ReadOnlyMemory<byte> Merged(ReadOnlyMemory<byte> earlier, ReadOnlyMemory<byte> later)
    {
        using var before = JsonDataSet.Parse(earlier);
        using var after = JsonDataSet.Parse(later);
        var attributes = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var attribute in before.RootElement.EnumerateObject()) attributes[attribute.Name] = attribute.Value;
        foreach (var attribute in after.RootElement.EnumerateObject())
            if (HasValue(attribute.Value) || !attributes.ContainsKey(attribute.Name)) attributes[attribute.Name] = attribute.Value;
        var output = new ArrayBufferWriter<byte>(earlier.Length + later.Length);
        using (var writer = new Utf8JsonWriter(output, Plain))
        {
            writer.WriteStartObject();
            foreach (var (tag, attribute) in attributes)
            {
                writer.WritePropertyName(tag);
                attribute.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    private static bool HasValue(JsonElement attribute) =>
        attribute.TryGetProperty("InlineBinary", out _) || attribute.TryGetProperty("BulkDataURI", out _)
        || (attribute.TryGetProperty("Value", out var values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0);

    private static JsonAttribute Attribute(ref Utf8JsonReader reader)
    {
        var vr = "";
        var (values, names) = (new List<string>(), new List<NameGroups>());
        if (reader.TokenType != JsonTokenType.StartObject) return new(vr, values, names);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isVr, isValue) = (reader.ValueTextEquals("vr"u8), reader.ValueTextEquals("Value"u8));
            reader.Read();
            if (isVr) vr = reader.GetString() ?? "";
            else if (isValue && reader.TokenType == JsonTokenType.StartArray) Values(ref reader, values, names);
            else reader.Skip();
        }

        return new(vr, values, names);
    }

    private static void Values(ref Utf8JsonReader reader, List<string> values, List<NameGroups> names)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String) values.Add(reader.GetString()!);
            else if (reader.TokenType == JsonTokenType.Number) values.Add(System.Text.Encoding.UTF8.GetString(reader.ValueSpan));
            else if (reader.TokenType == JsonTokenType.StartObject) names.Add(Name(ref reader));
            else reader.Skip();
        }
    }

    private static NameGroups Name(ref Utf8JsonReader reader)
    {
        var groups = new NameGroups("", "", "");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var group = reader.ValueTextEquals("Alphabetic"u8) ? 0 : reader.ValueTextEquals("Ideographic"u8) ? 1 : reader.ValueTextEquals("Phonetic"u8) ? 2 : 3;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
                continue;
            }

            var text = reader.GetString()!;
            groups = group switch
            {
                0 => groups with { Alphabetic = text },
                1 => groups with { Ideographic = text },
                2 => groups with { Phonetic = text },
                _ => groups,
            };
        }

        return groups;
    }
}
