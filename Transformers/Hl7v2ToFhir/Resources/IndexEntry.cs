using System.Collections.Concurrent;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Fhir.Indexing;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>What a resource can be found by, read off its finished tree by the same rules as off its JSON.</summary>
internal static class IndexEntry
{
    private static readonly IReadOnlyList<string> None = [];
    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> ConstantTokens = new(StringComparer.Ordinal);

    private static readonly byte[] DicomUid = System.Text.Encoding.UTF8.GetBytes(IndexRules.DicomUid);

    // The results of a message mostly share one category: it is looked at before all that were ever met.
    [ThreadStatic]
    private static (string Json, IReadOnlyList<string> Tokens) last;

    public static ResourceIndex Of(FhirNode resource)
    {
        var stated = resource.Utf8Of("status");
        if (stated.IsEmpty) stated = resource.Utf8Of("lifecycleStatus");
        if (stated.IsEmpty) stated = CodeOf(resource.Find("clinicalStatus"));
        var status = stated.IsEmpty ? null : SearchTokens.Of(stated);
        string? date = null;
        foreach (var path in IndexRules.DatesOf(resource.Name)) date ??= DateAt(resource, path);
        var codes = IndexRules.CodeOf(resource.Name) is { } element ? Tokens(resource, element) : None;
        if (codes.Count == 0 && Medication(resource) is { Exists: true } medication) codes = Tokens(medication, "code");
        var categories = Tokens(resource, "category");
        if (status is null && date is null && codes.Count == 0 && categories.Count == 0) return ResourceIndex.Empty;
        var index = new ResourceIndex(status, date, codes, categories);
        if (IndexRules.HasAccession(resource.Name) && AccessionOf(resource) is { } accession) index = index with { Accession = accession };
        return resource.Name == "ServiceRequest" && ExaminationsOf(resource, categories) is { Count: > 0 } examinations ? index with { Examinations = examinations } : index;
    }

    private static List<ScheduledExamination> ExaminationsOf(FhirNode order, IReadOnlyList<string> categories)
    {
        var (study, step) = NumbersOf(order);
        List<ScheduledExamination>? steps = null;
        foreach (var contained in order.Items("contained"))
        {
            if (!contained.TextOf("id")!.StartsWith(IndexRules.Step, StringComparison.Ordinal)) continue;
            var (ofStep, number) = NumbersOf(contained);
            (steps ??= []).Add(new(ofStep ?? study, number ?? contained.TextOf("id"), StartOf(order)));
        }

        if (steps is not null) return steps;
        if (study is null && step is null && (categories.Count == 0 || !categories.Any(IndexRules.IsImagingToken))) return [];
        return [new(study, step, StartOf(order))];
    }

    private static string? StartOf(FhirNode order)
    {
        string? start = null;
        foreach (var path in IndexRules.Scheduled) start ??= TextAt(order, path);
        return start;
    }

    private static (string? Study, string? Step) NumbersOf(FhirNode order)
    {
        string? study = null, step = null;
        foreach (var identifier in order.Items("identifier"))
        {
            if (identifier.Utf8Of("system").SequenceEqual(DicomUid)) study ??= IndexRules.WithoutOid(identifier.TextOf("value"));
            else if (identifier.Find("type").TextOf("text") == IndexRules.ScheduledStep) step ??= identifier.TextOf("value");
        }

        return (study, step);
    }

    private static string? AccessionOf(FhirNode resource)
    {
        foreach (var identifier in resource.Items("identifier"))
        {
            if (IsAccession(identifier) && identifier.TextOf("value") is { Length: > 0 } value) return value;
        }

        return null;
    }

    private static bool IsAccession(FhirNode identifier)
    {
        if (identifier.JsonOf("type") is { } constant) return constant.Contains($"\"{IndexRules.Accession}\"", StringComparison.Ordinal);
        foreach (var coding in identifier.Find("type").Items("coding"))
        {
            if (coding.TextOf("code") == IndexRules.Accession) return true;
        }

        return false;
    }

    private static FhirNode Medication(FhirNode resource)
    {
        if (resource.Find("medicationReference").TextOf("reference") is not ['#', .. var id]) return default;
        foreach (var contained in resource.Items("contained"))
        {
            if (contained.TextOf("id") == id) return contained;
        }

        return default;
    }

    private static string? DateAt(FhirNode node, string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0) return node.Find(path[..dot]) is { Exists: true } inner ? DateAt(inner, path[(dot + 1)..]) : null;
        if (node.TextOf(path) is { } date) return date;
        return node.Find(path) is { Exists: true } period ? IndexRules.PeriodOf(period.TextOf("start"), period.TextOf("end")) : null;
    }

    private static string? TextAt(FhirNode node, string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return node.TextOf(path);
        var inner = node.Find(path[..dot]);
        return inner.Exists ? TextAt(inner, path[(dot + 1)..]) : null;
    }

    private static IReadOnlyList<string> Tokens(FhirNode resource, string element)
    {
        var concept = resource.Find(element);
        if (!concept.Exists) return None;
        if (resource.JsonOf(element) is { } json)
        {
            if (!ReferenceEquals(last.Json, json)) last = (json, ConstantTokens.GetOrAdd(json, static json => TokensOf(json)));
            return last.Tokens;
        }

        IReadOnlyList<string> tokens = None;
        Collect(concept, ref tokens);
        foreach (var item in resource.Items(element)) Collect(item, ref tokens);
        return tokens;
    }

    private static IReadOnlyList<string> TokensOf(string json)
    {
        using var document = JsonDocument.Parse($$"""{"category":{{json}}}""");
        return [.. JsonIndex.Of(document.RootElement, "").Categories];
    }

    private static void Collect(FhirNode concept, ref IReadOnlyList<string> tokens)
    {
        foreach (var coding in concept.Items("coding"))
        {
            var code = coding.Utf8Of("code");
            if (code.IsEmpty) continue;
            var token = SearchTokens.ListOf(coding.Utf8Of("system"), code);
            // Most concepts have one code, and the list with that alone is known already.
            if (tokens.Count == 0) tokens = token;
            else if (!tokens.Contains(token[0])) tokens = [.. tokens, token[0]];
        }
    }

    private static ReadOnlySpan<byte> CodeOf(FhirNode concept)
    {
        foreach (var coding in concept.Items("coding")) return coding.Utf8Of("code");
        return default;
    }
}
