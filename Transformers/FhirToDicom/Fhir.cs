using System.Text.Json;

namespace EHealthPlus.Transformers.FhirToDicom;

/// <summary>A concept, as DICOM codes one (PS3.3-2024 8.8).</summary>
/// <param name="Scheme">Coding Scheme Designator.</param>
/// <param name="Meaning">What a person reads: the sender's own words first.</param>
internal sealed record CodedEntry(string Code, string Scheme, string Meaning);

/// <summary>Reads elements of FHIR JSON.</summary>
internal static class Fhir
{
    /// <param name="path">Names with dots between, such as code.text.</param>
    public static string? Text(JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
    }

    public static IEnumerable<JsonElement> Items(JsonElement element, string list) =>
        element.TryGetProperty(list, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : [];

    /// <summary>The concepts of an element that is one, or a list of them; each by its first coding.</summary>
    public static IEnumerable<CodedEntry> Concepts(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var found)) yield break;
        foreach (var concept in found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().ToList() : [found])
        {
            var coding = Items(concept, "coding").FirstOrDefault();
            var code = coding.ValueKind == JsonValueKind.Object ? Text(coding, "code") ?? "" : "";
            var display = coding.ValueKind == JsonValueKind.Object ? Text(coding, "display") : null;
            yield return new(code, code.Length == 0 ? "" : SchemeOf(Text(coding, "system")), Text(concept, "text") ?? display ?? code);
        }
    }

    /// <summary>PS3.16-2024 table 8-1; of a system of somebody's own the last part of its name, marked 99 as PS3.3 8.2 asks for.</summary>
    private static string SchemeOf(string? system) => system switch
    {
        "http://loinc.org" => "LN",
        "http://snomed.info/sct" => "SCT",
        "http://dicom.nema.org/resources/ontology/DCM" => "DCM",
        "http://hl7.org/fhir/sid/icd-10" => "I10",
        "http://www.radlex.org" => "RADLEX",
        null => "99LOCAL",
        _ => system[(system.LastIndexOfAny([':', '/']) + 1)..] is var name && name.StartsWith("99", StringComparison.Ordinal) ? name : $"99{name}",
    };
}
