using System.Text.Json;

namespace EHealthPlus.Transformers.FhirToDicom;

/// <summary>The Patient as his own source knows him, as attributes of DICOM (PS3.3-2024 C.2.2, C.2.3).</summary>
internal static class PatientAttributes
{
    public static void Write(DicomObject item, JsonElement patient)
    {
        item.AddName("00100010", PersonName.Of(patient));
        var numbers = Fhir.Items(patient, "identifier").Where(identifier => Fhir.Text(identifier, "value") is { Length: > 0 }).ToList();
        // As images are identified by: the medical record number or internal number, else the first.
        var chosen = numbers.FindIndex(number => TypeOf(number) is "MR" or "PI" or "PT");
        if (chosen < 0 && numbers.Count > 0) chosen = 0;
        if (chosen >= 0) Number(item, numbers[chosen]);
        item.Add("00101002", [.. numbers.Where((_, at) => at != chosen).Select(Other).OfType<DicomObject>()]);
        item.Add("00100030", "DA", Fhir.Text(patient, "birthDate") is { Length: 10 } born ? born.Replace("-", "", StringComparison.Ordinal) : null);
        item.Add("00100040", "CS", Fhir.Text(patient, "gender") switch { "female" => "F", "male" => "M", "other" => "O", _ => null });
    }

    /// <returns>Null where the number does not fit.</returns>
    private static DicomObject? Other(JsonElement number)
    {
        var other = new DicomObject();
        if (!Number(other, number)) return null;
        other.Add("00100022", "CS", "TEXT");
        return other;
    }

    /// <returns>False, and nothing is added, where it does not fit: cut, it would be somebody else's.</returns>
    private static bool Number(DicomObject item, JsonElement number)
    {
        if (!item.AddNumber("00100020", "LO", Fhir.Text(number, "value"))) return false;
        item.AddNumber("00100021", "LO", Fhir.Text(number, "system") is { } system ? system[(system.LastIndexOfAny([':', '/']) + 1)..] : null);
        if (TypeOf(number) is not { } type) return true;
        var qualifiers = new DicomObject();
        qualifiers.Add("00400035", "CS", type);
        item.Add("00100024", qualifiers);
        return true;
    }

    private static string? TypeOf(JsonElement number) =>
        number.TryGetProperty("type", out var type) ? Fhir.Items(type, "coding").Select(coding => Fhir.Text(coding, "code")).FirstOrDefault() : null;
}
