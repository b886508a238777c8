using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>
/// Puts meta.versionId and meta.lastUpdated into the JSON of a resource when it is read, and takes them out before it is kept.
/// Other elements of meta, and every other byte, stay as they are.
/// </summary>
internal static class ResourceMeta
{
    /// <param name="json">One JSON object.</param>
    public static byte[] Insert(ReadOnlySpan<byte> json, int version, DateTimeOffset updated)
    {
        var stamp = string.Create(
            CultureInfo.InvariantCulture, $"\"versionId\":\"{version}\",\"lastUpdated\":\"{updated.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\"");
        var (meta, place, empty) = Find(json);
        var text = meta switch
        {
            true when empty => stamp,
            true => stamp + ",",
            false when empty => $"\"meta\":{{{stamp}}}",
            // Behind an id, or else first in the object.
            false => json[place - 1] == '{' ? $"\"meta\":{{{stamp}}}," : $",\"meta\":{{{stamp}}}",
        };
        var result = new byte[json.Length + Encoding.UTF8.GetByteCount(text)];
        json[..place].CopyTo(result);
        var written = Encoding.UTF8.GetBytes(text, result.AsSpan(place));
        json[place..].CopyTo(result.AsSpan(place + written));
        return result;
    }

    /// <returns>The same memory where there is nothing to take out.</returns>
    public static ReadOnlyMemory<byte> Strip(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOf("\"versionId\""u8) < 0 && json.Span.IndexOf("\"lastUpdated\""u8) < 0) return json;
        using var document = JsonDocument.Parse(json);
        using var target = new MemoryStream(json.Length);
        using (var writer = new Utf8JsonWriter(target, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (var element in document.RootElement.EnumerateObject())
            {
                if (!element.NameEquals("meta"u8) || element.Value.ValueKind != JsonValueKind.Object) element.WriteTo(writer);
                else WriteMeta(writer, element.Value);
            }

            writer.WriteEndObject();
        }

        return target.ToArray();
    }

    private static void WriteMeta(Utf8JsonWriter writer, JsonElement meta)
    {
        var kept = meta.EnumerateObject().Where(element => !element.NameEquals("versionId"u8) && !element.NameEquals("lastUpdated"u8)).ToList();
        if (kept.Count == 0) return;
        writer.WriteStartObject("meta"u8);
        foreach (var element in kept) element.WriteTo(writer);
        writer.WriteEndObject();
    }

    // Where to write: inside meta, or else behind the id, or else at the start; and whether that object is empty.
    private static (bool Meta, int Place, bool Empty) Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var place = (int)reader.BytesConsumed;
        var empty = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            empty = false;
            var isMeta = reader.ValueTextEquals("meta"u8);
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isMeta && reader.TokenType == JsonTokenType.StartObject)
            {
                var inside = (int)reader.BytesConsumed;
                reader.Read();
                return (true, inside, reader.TokenType == JsonTokenType.EndObject);
            }

            reader.Skip();
            if (isId) place = (int)reader.BytesConsumed;
        }

        return (false, place, empty);
    }
}
