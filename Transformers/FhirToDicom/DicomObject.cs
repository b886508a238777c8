using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EHealthPlus.Transformers.FhirToDicom;

/// <summary>A DICOM JSON object (PS3.18-2024 annex F) as it is put together, its attributes in the order of their tags.</summary>
internal sealed class DicomObject
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Characters that the VR allows (PS3.5-2024 table 6.2-1).
    private static readonly Dictionary<string, int> Longest = new(StringComparer.Ordinal) { ["AE"] = 16, ["CS"] = 16, ["SH"] = 16, ["LO"] = 64, ["UI"] = 64, ["DA"] = 8, ["TM"] = 14 };

    private readonly SortedDictionary<string, Action<Utf8JsonWriter>> attributes = new(StringComparer.Ordinal);

    /// <summary>Text; longer than the VR allows, it is cut. Nothing where there is none.</summary>
    public void Add(string tag, string vr, string? value)
    {
        if (value?.Replace('\\', '/').Trim() is not { Length: > 0 } text) return;
        if (text.Length > Longest[vr]) text = text[..(char.IsHighSurrogate(text[Longest[vr] - 1]) ? Longest[vr] - 1 : Longest[vr])];
        attributes[tag] = json =>
        {
            json.WriteString("vr"u8, vr);
            json.WriteStartArray("Value"u8);
            json.WriteStringValue(text);
            json.WriteEndArray();
        };
    }

    /// <summary>A number or title of which the first that fits is taken: cut, it would be another one.</summary>
    /// <returns>False where none fits.</returns>
    public bool AddNumber(string tag, string vr, params ReadOnlySpan<string?> values)
    {
        foreach (var value in values)
        {
            if (value is not { Length: > 0 } || value.Length > Longest[vr] || value.Contains('\\', StringComparison.Ordinal)) continue;
            Add(tag, vr, value);
            return true;
        }

        return false;
    }

    public void AddName(string tag, PersonName? name)
    {
        if (name is null) return;
        attributes[tag] = json =>
        {
            json.WriteString("vr"u8, "PN"u8);
            json.WriteStartArray("Value"u8);
            json.WriteStartObject();
            if (name.Alphabetic.Length > 0) json.WriteString("Alphabetic"u8, name.Alphabetic);
            if (name.Ideographic.Length > 0) json.WriteString("Ideographic"u8, name.Ideographic);
            if (name.Phonetic.Length > 0) json.WriteString("Phonetic"u8, name.Phonetic);
            json.WriteEndObject();
            json.WriteEndArray();
        };
    }

    /// <summary>A sequence; nothing where it has no items.</summary>
    public void Add(string tag, params IReadOnlyList<DicomObject> items)
    {
        if (items.Count == 0) return;
        attributes[tag] = json =>
        {
            json.WriteString("vr"u8, "SQ"u8);
            json.WriteStartArray("Value"u8);
            foreach (var item in items) item.Write(json);
            json.WriteEndArray();
        };
    }

    /// <summary>A sequence of codes; what has no code is left out.</summary>
    public void AddCodes(string tag, params IReadOnlyList<CodedEntry?> codes) => Add(tag, [.. codes.Where(code => code is { Code.Length: > 0 and <= 16 }).Select(code => Coded(code!))]);

    public ReadOnlyMemory<byte> ToJson()
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Plain)) Write(json);
        return output.WrittenMemory;
    }

    private static DicomObject Coded(CodedEntry code)
    {
        var item = new DicomObject();
        item.Add("00080100", "SH", code.Code);
        item.Add("00080102", "SH", code.Scheme);
        item.Add("00080104", "LO", code.Meaning);
        return item;
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (tag, write) in attributes)
        {
            json.WriteStartObject(tag);
            write(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
