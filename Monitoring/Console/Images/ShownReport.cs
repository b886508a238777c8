using System.Text.Json;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Monitoring.Console.Images;

/// <summary>What the console says of a report: read off its DiagnosticReport and Observations.</summary>
/// <param name="At">When it was issued, else what it is about, as stored.</param>
/// <param name="By">Who answers for it, else who made it.</param>
/// <param name="Narrative">XHTML, or empty.</param>
/// <param name="Files">Documents that can be opened, as paths of this hub.</param>
internal sealed record ShownReport(
    string Title, string Status, string At, string By, string Conclusion, string Narrative, IReadOnlyList<(string Name, string Value)> Results, IReadOnlyList<(string Title, string Path)> Files)
{
    private const string DicomWeb = "/dicomweb/";

    public static ShownReport Of(StudyReport stored)
    {
        using var json = JsonDocument.Parse(stored.Report.Json);
        var report = json.RootElement;
        return new(
            ConceptOf(report, "code"), Text(report, "status"), Text(report, "issued") is { Length: > 0 } issued ? issued : Text(report, "effectiveDateTime"),
            Displays(report, "resultsInterpreter") is { Length: > 0 } verifier ? verifier : Displays(report, "performer"), Text(report, "conclusion"),
            report.TryGetProperty("text", out var text) ? Text(text, "div") : "", [.. stored.Results.Select(result => ResultOf(result.Json))], [.. FilesOf(report)]);
    }

    public Phrase StatusPhrase => Status switch
    {
        "registered" or "partial" or "preliminary" => ImageWords.Preliminary,
        "final" => ImageWords.Final,
        "amended" or "corrected" or "appended" => ImageWords.Corrected,
        "cancelled" or "entered-in-error" => ImageWords.Withdrawn,
        _ => ImageWords.StatusUnknown,
    };

    private static (string Name, string Value) ResultOf(ReadOnlyMemory<byte> observation)
    {
        using var json = JsonDocument.Parse(observation);
        var root = json.RootElement;
        var value = Text(root, "valueString");
        if (root.TryGetProperty("valueQuantity", out var quantity)) value = $"{(quantity.TryGetProperty("value", out var number) ? number.GetRawText() : "")} {(Text(quantity, "unit") is { Length: > 0 } unit ? unit : Text(quantity, "code"))}".Trim();
        else if (root.TryGetProperty("valueCodeableConcept", out _)) value = ConceptOf(root, "valueCodeableConcept");
        return (ConceptOf(root, "code"), value);
    }

    // Only what this hub keeps: an address elsewhere is nothing to follow from here.
    private static IEnumerable<(string Title, string Path)> FilesOf(JsonElement report)
    {
        foreach (var attachment in Items(report, "presentedForm"))
        {
            if (Text(attachment, "contentType") is not ("application/pdf" or "text/xml") || !Uri.TryCreate(Text(attachment, "url"), UriKind.Absolute, out var address)) continue;
            if (address.AbsolutePath.StartsWith(DicomWeb, StringComparison.Ordinal)) yield return (Text(attachment, "title"), address.AbsolutePath);
        }
    }

    private static string Displays(JsonElement report, string name) => string.Join("; ", Items(report, name).Select(person => Text(person, "display")).Where(display => display.Length > 0));

    private static string ConceptOf(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var concept)) return "";
        if (Text(concept, "text") is { Length: > 0 } text) return text;
        return Items(concept, "coding").Select(coding => Text(coding, "display") is { Length: > 0 } display ? display : Text(coding, "code")).FirstOrDefault(said => said.Length > 0) ?? "";
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static string Text(JsonElement root, string name) => root.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
