using System.Text.Json;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Transformers.Fhir.Indexing;

/// <summary>What a resource can be found by, read off its JSON.</summary>
public static class JsonIndex
{
    /// <param name="resource">A FHIR R4 resource.</param>
    public static ResourceIndex Of(JsonElement resource, string type)
    {
        var status = TextAt(resource, "status") ?? TextAt(resource, "lifecycleStatus") ?? Tokens(resource, "clinicalStatus").Select(token => token[(token.LastIndexOf('|') + 1)..]).FirstOrDefault();
        string? date = null;
        foreach (var path in IndexRules.DatesOf(type)) date ??= DateAt(resource, path);
        var codes = IndexRules.CodeOf(type) is { } element ? Tokens(resource, element) : [];
        if (codes.Count == 0 && Medication(resource) is { } medication) codes = Tokens(medication, "code");
        var categories = Tokens(resource, "category");
        return new(status, date, codes, categories)
        {
            Accession = IndexRules.HasAccession(type) ? AccessionOf(resource) : null,
            Examinations = type == "ServiceRequest" ? ExaminationsOf(resource, categories) : [],
        };
    }

    private static List<ScheduledExamination> ExaminationsOf(JsonElement order, List<string> categories)
    {
        var (study, step) = NumbersOf(order);
        string? start = null;
        foreach (var path in IndexRules.Scheduled) start ??= TextAt(order, path);
        var steps = new List<ScheduledExamination>();
        foreach (var contained in IndexRules.StepsOf(order))
        {
            var (ofStep, number) = NumbersOf(contained);
            steps.Add(new(ofStep ?? study, number ?? TextAt(contained, "id"), start));
        }

        if (steps.Count > 0) return steps;
        return study is null && step is null && !categories.Any(IndexRules.IsImagingToken) ? [] : [new(study, step, start)];
    }

    private static (string? Study, string? Step) NumbersOf(JsonElement order)
    {
        string? study = null, step = null;
        if (order.TryGetProperty("identifier", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var identifier in list.EnumerateArray())
            {
                if (TextAt(identifier, "system") == IndexRules.DicomUid) study ??= IndexRules.WithoutOid(TextAt(identifier, "value"));
                else if (TextAt(identifier, "type.text") == IndexRules.ScheduledStep) step ??= TextAt(identifier, "value");
            }
        }

        return (study, step);
    }

    private static string? AccessionOf(JsonElement resource)
    {
        if (!resource.TryGetProperty("identifier", out var list) || list.ValueKind != JsonValueKind.Array) return null;
        foreach (var identifier in list.EnumerateArray())
        {
            if (identifier.ValueKind == JsonValueKind.Object && Tokens(identifier, "type").Any(token => token.EndsWith($"|{IndexRules.Accession}", StringComparison.Ordinal))
                && TextAt(identifier, "value") is { Length: > 0 } value) return value;
        }

        return null;
    }

    private static JsonElement? Medication(JsonElement resource)
    {
        if (TextAt(resource, "medicationReference.reference") is not ['#', .. var id] || !resource.TryGetProperty("contained", out var list)) return null;
        foreach (var contained in list.EnumerateArray())
        {
            if (TextAt(contained, "id") == id) return contained;
        }

        return null;
    }

    private static string? DateAt(JsonElement resource, string path) =>
        ElementAt(resource, path) is { ValueKind: JsonValueKind.Object } period ? IndexRules.PeriodOf(TextAt(period, "start"), TextAt(period, "end")) : TextAt(resource, path);

    private static string? TextAt(JsonElement element, string path) => ElementAt(element, path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? ElementAt(JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        }

        return element;
    }

    /// <summary>system|code of each coding, of one concept or of a list of them.</summary>
    private static List<string> Tokens(JsonElement resource, string element)
    {
        if (!resource.TryGetProperty(element, out var found)) return [];
        var concepts = found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().ToList() : [found];
        return concepts
            .Where(concept => concept.ValueKind == JsonValueKind.Object && concept.TryGetProperty("coding", out var list) && list.ValueKind == JsonValueKind.Array)
            .SelectMany(concept => concept.GetProperty("coding").EnumerateArray())
            .Where(coding => TextAt(coding, "code") is not null)
            .Select(coding => $"{TextAt(coding, "system")}|{TextAt(coding, "code")}")
            .Distinct(StringComparer.Ordinal)
            .ToList();
    }
}
