using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Routing.Imaging.Worklist;

/// <summary>Writes of an item what a query asked for; what the item does not have stands there empty (PS3.4-2024 K.4.1.1.3).</summary>
internal static class WorklistAnswer
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="title">AE title for an item that names no station.</param>
    public static ReadOnlyMemory<byte> Write(JsonElement query, JsonElement item, string title)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Plain)) Write(json, query, item, title);
        return output.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, JsonElement query, JsonElement item, string title)
    {
        json.WriteStartObject();
        foreach (var key in query.EnumerateObject())
        {
            if (WorklistKeys.IsOfQuery(key.Name)) continue;
            json.WritePropertyName(key.Name);
            if (key.Name == WorklistKeys.StationAeTitle && !item.TryGetProperty(key.Name, out _)) Title(json, title);
            else if (!item.TryGetProperty(key.Name, out var held)) Empty(json, key.Value);
            else if (JsonDataSet.VrOf(key.Value) == "SQ") Sequence(json, JsonDataSet.Items(query, key.Name).FirstOrDefault(), held, title);
            else held.WriteTo(json);
        }

        json.WriteEndObject();
    }

    /// <param name="asked">The item of keys; undefined, or empty, where the whole sequence is asked for.</param>
    private static void Sequence(Utf8JsonWriter json, JsonElement asked, JsonElement held, string title)
    {
        var all = asked.ValueKind != JsonValueKind.Object || !asked.EnumerateObject().Any();
        json.WriteStartObject();
        json.WriteString("vr"u8, "SQ"u8);
        json.WriteStartArray("Value"u8);
        foreach (var item in held.GetProperty("Value").EnumerateArray())
        {
            if (all) item.WriteTo(json);
            else Write(json, asked, item, title);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Title(Utf8JsonWriter json, string title)
    {
        json.WriteStartObject();
        json.WriteString("vr"u8, "AE"u8);
        json.WriteStartArray("Value"u8);
        json.WriteStringValue(title);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Empty(Utf8JsonWriter json, JsonElement key)
    {
        json.WriteStartObject();
        json.WriteString("vr"u8, JsonDataSet.VrOf(key));
        json.WriteEndObject();
    }
}
