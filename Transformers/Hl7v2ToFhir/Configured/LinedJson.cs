using System.Text.Json;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Configured;

/// <summary>JSON that knows its lines, so that a fault can name one.</summary>
internal sealed class LinedJson
{
    private LinedJson(JsonValueKind kind, int line)
    {
        Kind = kind;
        Line = line;
    }

    public JsonValueKind Kind { get; }

    public int Line { get; }

    /// <summary>A string's text; a number or boolean as written.</summary>
    public string Text { get; private init; } = "";

    public List<LinedJson> Items { get; } = [];

    public List<(string Name, LinedJson Value)> Properties { get; } = [];

    public LinedJson? this[string name] => Properties.Find(property => property.Name == name).Value;

    /// <exception cref="JsonException">It is not JSON; comments and trailing commas are taken.</exception>
    public static LinedJson Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 });
        reader.Read();
        var value = Value(ref reader, utf8);
        while (reader.Read()) { }
        return value;
    }

    private static LinedJson Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var line = 1 + utf8[..(int)reader.TokenStartIndex].Count((byte)'\n');
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            var found = new LinedJson(JsonValueKind.Object, line);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var name = reader.GetString()!;
                reader.Read();
                found.Properties.Add((name, Value(ref reader, utf8)));
            }

            return found;
        }

        if (reader.TokenType == JsonTokenType.StartArray)
        {
            var found = new LinedJson(JsonValueKind.Array, line);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) found.Items.Add(Value(ref reader, utf8));
            return found;
        }

        return reader.TokenType switch
        {
            JsonTokenType.String => new LinedJson(JsonValueKind.String, line) { Text = reader.GetString()! },
            JsonTokenType.Number => new LinedJson(JsonValueKind.Number, line) { Text = System.Text.Encoding.ASCII.GetString(reader.ValueSpan) },
            JsonTokenType.True => new LinedJson(JsonValueKind.True, line) { Text = "true" },
            JsonTokenType.False => new LinedJson(JsonValueKind.False, line) { Text = "false" },
            _ => new LinedJson(JsonValueKind.Null, line) { Text = "null" },
        };
    }

    /// <summary>The same without its lines, in ASCII.</summary>
    public string Written() => Kind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', Properties.Select(property => $"{JsonSerializer.Serialize(property.Name)}:{property.Value.Written()}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', Items.Select(item => item.Written()))}]",
        JsonValueKind.String => JsonSerializer.Serialize(Text),
        _ => Text,
    };
}
