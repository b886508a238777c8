using System.Text.Json;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>Reads type and id of a resource from its JSON, which keeps them anyway.</summary>
internal static class ResourceName
{
    public static string TypeOf(ReadOnlySpan<byte> json) => Element(json, "resourceType"u8);

    public static string IdOf(ReadOnlySpan<byte> json) => Element(json, "id"u8);

    private static string Element(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found) return reader.GetString()!;
            reader.Skip();
        }

        throw new InvalidDataException("A resource without type or id is in the record");
    }
}
