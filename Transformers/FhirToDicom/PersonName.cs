using System.Text.Json;

namespace EHealthPlus.Transformers.FhirToDicom;

/// <summary>A person's name in its component groups (PS3.5-2024 6.2.1), each of five components.</summary>
internal sealed record PersonName(string Alphabetic, string Ideographic, string Phonetic)
{
    private const string Representation = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";

    /// <param name="person">A Patient or Practitioner.</param>
    /// <returns>Null where it has no name.</returns>
    public static PersonName? Of(JsonElement person)
    {
        string? alphabetic = null, ideographic = null, phonetic = null;
        // The official one of each script, else the first.
        foreach (var name in Fhir.Items(person, "name").OrderBy(name => Fhir.Text(name, "use") == "official" ? 0 : 1))
        {
            if (Written(name) is not { Length: > 0 } written) continue;
            switch (RepresentationOf(name, written))
            {
                case "IDE": ideographic ??= written; break;
                case "SYL": phonetic ??= written; break;
                default: alphabetic ??= written; break;
            }
        }

        return alphabetic is null && ideographic is null && phonetic is null ? null : new(alphabetic ?? "", ideographic ?? "", phonetic ?? "");
    }

    private static string Written(JsonElement name)
    {
        string[] components =
        [
            Part(Fhir.Text(name, "family")), Part(Strings(name, "given").FirstOrDefault()), Part(string.Join(' ', Strings(name, "given").Skip(1))),
            Part(string.Join(' ', Strings(name, "prefix"))), Part(string.Join(' ', Strings(name, "suffix"))),
        ];
        var written = string.Join('^', components).TrimEnd('^');
        return written.Length > 0 ? written : Part(Fhir.Text(name, "text"));
    }

    // What parts components, groups and values in DICOM is no part of a name.
    private static string Part(string? text) => text is null ? "" : text.Replace('^', ' ').Replace('=', ' ').Replace('\\', ' ').Trim();

    private static IEnumerable<string> Strings(JsonElement name, string list) => Fhir.Items(name, list).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    private static string RepresentationOf(JsonElement name, string written) =>
        Fhir.Items(name, "extension").Where(extension => Fhir.Text(extension, "url") == Representation).Select(extension => Fhir.Text(extension, "valueCode")).FirstOrDefault()
        ?? (written.Any(IsIdeograph) ? "IDE" : "ABC");

    private static bool IsIdeograph(char c) => c is >= '\u3400' and <= '\u9FFF' or >= '\uD840' and <= '\uD8BF' or >= '\uF900' and <= '\uFAFF';
}
