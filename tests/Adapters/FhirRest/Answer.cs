using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>One answer, read whole.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, JsonElement Json, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    /// <summary>The hub's numbers of all issues.</summary>
    public IReadOnlyList<int> Codes => Json.GetProperty("resourceType").GetString() == "OperationOutcome"
        ? [.. Json.GetProperty("issue").EnumerateArray().Select(issue => int.Parse(issue.GetProperty("details").GetProperty("coding")[0].GetProperty("code").GetString()!, CultureInfo.InvariantCulture))]
        : [];

    public IReadOnlyList<string> Expressions =>
        [.. Json.GetProperty("issue").EnumerateArray().Where(issue => issue.TryGetProperty("expression", out _)).Select(issue => issue.GetProperty("expression")[0].GetString()!)];

    public IReadOnlyList<JsonElement> Resources => Json.TryGetProperty("entry", out var entries)
        ? [.. entries.EnumerateArray().Select(entry => entry.GetProperty("resource"))]
        : [];

    public IReadOnlyList<string> Ids => [.. Resources.Select(resource => resource.GetProperty("id").GetString()!)];

    public int Total => Json.GetProperty("total").GetInt32();

    /// <summary>Path and query of the next link, or null.</summary>
    public string? Next => Json.GetProperty("link").EnumerateArray()
        .Where(link => link.GetProperty("relation").GetString() == "next")
        .Select(link => new Uri(link.GetProperty("url").GetString()!).PathAndQuery)
        .SingleOrDefault();

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return new(response.StatusCode, text, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement, response.Headers, response.Content.Headers);
    }

    public void IsRefused(HttpStatusCode status, int code)
    {
        Assert.Equal((status, code), (Status, Codes.Count > 0 ? Codes[0] : 0));
        Assert.Equal("application/fhir+json", ContentHeaders.ContentType?.MediaType);
    }
}
