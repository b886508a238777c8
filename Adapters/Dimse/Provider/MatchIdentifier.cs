using System.Buffers;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>Writes the identifier of one match of a C-FIND: the attributes that were asked for (PS3.4-2024 C.4.1.1.3.2).</summary>
internal static class MatchIdentifier
{
    /// <returns>DICOM JSON object, UTF-8. What the match does not have stands there empty.</returns>
    public static ReadOnlyMemory<byte> Write(QueryIdentifier asked, ImagingMatch match, string aeTitle)
    {
        var levels = match.Json.Select(level => JsonDataSet.Parse(level)).ToList();
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            foreach (var key in asked.Keys.Where(key => key.Tag != QueryIdentifier.CharacterSet)) WriteKey(writer, key, asked, levels, aeTitle);
            if (!asked.Keys.Any(key => key.Tag == QueryIdentifier.RetrieveAeTitle)) WriteText(writer, QueryIdentifier.RetrieveAeTitle, "AE", aeTitle);
            writer.WriteEndObject();
        }

        levels.ForEach(level => level.Dispose());
        return output.WrittenMemory;
    }

    private static void WriteKey(Utf8JsonWriter writer, QueryKey key, QueryIdentifier asked, List<JsonDocument> levels, string aeTitle)
    {
        switch (key.Tag)
        {
            case QueryIdentifier.LevelTag:
                WriteText(writer, key.Tag, "CS", asked.Level switch { QueryLevel.Patient => "PATIENT", QueryLevel.Study => "STUDY", QueryLevel.Series => "SERIES", _ => "IMAGE" });
                return;
            case QueryIdentifier.RetrieveAeTitle:
                WriteText(writer, key.Tag, "AE", aeTitle);
                return;
            case QueryIdentifier.Availability:
                WriteText(writer, key.Tag, "CS", "ONLINE");
                return;
        }

        writer.WritePropertyName(key.Tag);
        foreach (var level in levels)
        {
            if (!level.RootElement.TryGetProperty(key.Tag, out var found)) continue;
            found.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("vr"u8, key.Vr);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string tag, string vr, string value)
    {
        writer.WriteStartObject(tag);
        writer.WriteString("vr"u8, vr);
        writer.WriteStartArray("Value"u8);
        writer.WriteStringValue(value);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
