using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EHealthPlus.Tests.EndToEnd.Running;

/// <summary>Reads a citizen's record over FHIR, as a clinician of the demonstration clinic with the citizen's sharing consent.</summary>
internal static class CitizenRecord
{
    /// <summary>Gives the sharing consent where there is none yet, and returns all resources of the type.</summary>
    public static async Task<IReadOnlyList<JsonNode>> OfAsync(HubProcess hub, int citizen, string type)
    {
        var person = await PersonAsync(hub, citizen);
        await ShareAsync(hub, citizen);
        using var clinician = hub.Http("clinician");
        var found = new List<JsonNode>();
        for (var next = $"/fhir/{type}?patient={person}&_count=200"; next is not null;)
        {
            var page = (await clinician.GetFromJsonAsync<JsonNode>(next))!;
            found.AddRange(page["entry"]?.AsArray().Select(entry => entry!["resource"]!) ?? []);
            next = page["link"]?.AsArray().FirstOrDefault(link => link!["relation"]!.GetValue<string>() == "next")?["url"]?.GetValue<string>();
        }

        return found;
    }

    /// <returns>Id of the citizen's Patient.</returns>
    public static async Task<string> PersonAsync(HubProcess hub, int citizen)
    {
        using var registrar = hub.Http("registrar");
        var page = await registrar.GetFromJsonAsync<JsonNode>($"/fhir/Patient?identifier={Messages.DocumentNumber(citizen)}");
        return page!["entry"]![0]!["resource"]!["id"]!.GetValue<string>();
    }

    public static async Task ShareAsync(HubProcess hub, int citizen, string provider = "demo-clinic")
    {
        var (exitCode, _, fault) = await Cli.RunAsync(hub, "consent", "share", Messages.DocumentNumber(citizen), "--provider", provider, "--indefinite");
        Assert.True(exitCode == 0, fault);
    }

    /// <summary>A page of GET /api/deposits.</summary>
    public static async Task<JsonArray> DepositsAsync(this HttpClient http, string query) =>
        (await http.GetFromJsonAsync<JsonNode>($"/api/deposits?{query}"))!["deposits"]!.AsArray();
}
