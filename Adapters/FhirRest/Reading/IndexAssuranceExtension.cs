using System.Text.Json;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Reading;

/// <summary>Says of an index field how it came to be known, where that is better than stated.</summary>
internal static class IndexAssuranceExtension
{
    public static void Write(Utf8JsonWriter json, Assurance assurance)
    {
        if (assurance <= Assurance.Stated) return;
        json.WriteStartArray("extension");
        WriteItem(json, assurance);
        json.WriteEndArray();
    }

    /// <summary>Beside a primitive element: _gender, _birthDate.</summary>
    public static void WritePrimitive(Utf8JsonWriter json, string element, Assurance assurance)
    {
        if (assurance <= Assurance.Stated) return;
        json.WriteStartObject($"_{element}");
        Write(json, assurance);
        json.WriteEndObject();
    }

    public static void WriteItem(Utf8JsonWriter json, Assurance assurance)
    {
        if (assurance <= Assurance.Stated) return;
        json.WriteStartObject();
        json.WriteString("url", FhirSystems.Assurance);
        json.WriteString("valueCode", AssuranceCode.Of(assurance));
        json.WriteEndObject();
    }
}
