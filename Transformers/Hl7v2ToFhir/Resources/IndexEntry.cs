using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>What a resource can be found by, read off its finished tree.</summary>
internal static class IndexEntry
{
    public static ResourceIndex Of(FhirNode resource)
    {
        var status = resource.TextOf("status") ?? CodeOf(resource.Find("clinicalStatus"));
        var date = DateOf(resource);
        var codes = Codes(resource);
        var categories = Tokens(resource, "category");
        return status is null && date is null && codes.Count == 0 && categories.Count == 0 ? ResourceIndex.Empty : new ResourceIndex(status, date, codes, categories);
    }

    // The clinical date of each type: what FHIR's search parameter "date" (or the nearest to it) looks at.
    private static string? DateOf(FhirNode resource) => resource.Name switch
    {
        "Observation" or "DiagnosticReport" =>
            resource.TextOf("effectiveDateTime") ?? resource.Find("effectivePeriod").TextOf("start") ?? resource.TextOf("issued"),
        "Encounter" or "Coverage" => resource.Find("period").TextOf("start") ?? resource.Find("period").TextOf("end"),
        "Condition" => resource.TextOf("onsetDateTime") ?? resource.TextOf("recordedDate"),
        "Procedure" => resource.TextOf("performedDateTime") ?? resource.Find("performedPeriod").TextOf("start"),
        "AllergyIntolerance" => resource.TextOf("recordedDate") ?? resource.TextOf("onsetDateTime"),
        "ServiceRequest" => resource.TextOf("authoredOn") ?? resource.TextOf("occurrenceDateTime"),
        "DocumentReference" => resource.TextOf("date"),
        "Specimen" => resource.Find("collection").TextOf("collectedDateTime") ?? resource.Find("collection").Find("collectedPeriod").TextOf("start") ?? resource.TextOf("receivedTime"),
        "Provenance" => resource.TextOf("recorded"),
        _ => null,
    };

    private static List<string> Codes(FhirNode resource) => resource.Name switch
    {
        "Patient" or "Practitioner" or "Organization" or "Location" or "MessageHeader" or "Provenance" => [],
        "Encounter" or "Specimen" or "DocumentReference" or "Coverage" => Tokens(resource, "type"),
        _ => Tokens(resource, "code"),
    };

    private static List<string> Tokens(FhirNode resource, string element)
    {
        var concept = resource.Find(element);
        if (!concept.Exists) return [];
        var tokens = new List<string>();
        if (concept.Find("coding").Exists) Collect(concept, tokens);
        foreach (var item in resource.Items(element)) Collect(item, tokens);
        return tokens;
    }

    private static void Collect(FhirNode concept, List<string> tokens)
    {
        foreach (var coding in concept.Items("coding"))
        {
            if (coding.TextOf("code") is { } code && $"{coding.TextOf("system")}|{code}" is var token && !tokens.Contains(token)) tokens.Add(token);
        }
    }

    private static string? CodeOf(FhirNode concept)
    {
        foreach (var coding in concept.Items("coding")) return coding.TextOf("code");
        return null;
    }
}
