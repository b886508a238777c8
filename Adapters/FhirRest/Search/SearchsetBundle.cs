using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>One page of matches.</summary>
/// <param name="Self">Address that gives this page again.</param>
/// <param name="Next">Address of the next page; null at the end.</param>
/// <param name="Total">Matches over all pages; null where counting them would read all there is.</param>
/// <param name="Included">What _include and _revinclude add; not counted.</param>
/// <param name="PassedOver">Parameters that were not used, told as an entry of mode outcome.</param>
internal sealed record SearchsetBundle(
    string BaseUrl, string Self, string? Next, int? Total, IReadOnlyList<ServedResource> Matches, IReadOnlyList<ServedResource> Included, IReadOnlyList<Issue> PassedOver, string Language)
{
    public FhirAnswer Answer() => new(200) { Body = Write };

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "Bundle");
        json.WriteString("type", "searchset");
        if (Total is { } total) json.WriteNumber("total", total);
        json.WriteStartArray("link");
        WriteLink(json, "self", Self);
        if (Next is not null) WriteLink(json, "next", Next);
        json.WriteEndArray();
        if (Matches.Count + Included.Count + PassedOver.Count > 0)
        {
            json.WriteStartArray("entry");
            foreach (var match in Matches) WriteResource(json, match, "match");
            foreach (var resource in Included) WriteResource(json, resource, "include");
            if (PassedOver.Count > 0) WriteOutcome(json);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void WriteResource(Utf8JsonWriter json, ServedResource resource, string mode)
    {
        json.WriteStartObject();
        json.WriteString("fullUrl", $"{BaseUrl}/{resource.Type}/{resource.Id}");
        json.WritePropertyName("resource");
        resource.Write(json);
        WriteMode(json, mode);
        json.WriteEndObject();
    }

    private void WriteOutcome(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("fullUrl", $"urn:uuid:{Guid.NewGuid()}");
        json.WritePropertyName("resource");
        OperationOutcome.Write(json, PassedOver, Language, "warning");
        WriteMode(json, "outcome");
        json.WriteEndObject();
    }

    private static void WriteMode(Utf8JsonWriter json, string mode)
    {
        json.WriteStartObject("search");
        json.WriteString("mode", mode);
        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, string relation, string url)
    {
        json.WriteStartObject();
        json.WriteString("relation", relation);
        json.WriteString("url", url);
        json.WriteEndObject();
    }
}
