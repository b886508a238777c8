using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EHealthPlus.Tests.Adapters.DicomWeb;

/// <summary>What every refusal of the interface looks like.</summary>
internal static class Refused
{
    public static async Task AssertAsync(HttpResponseMessage answer, int status, int code)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        var issue = (await answer.Content.ReadFromJsonAsync<JsonNode>())!["issue"]![0]!;
        Assert.Equal($"{code}", issue["details"]!["coding"]![0]!["code"]!.GetValue<string>());
        Assert.Contains(issue["details"]!["_text"]!["extension"]![0]!["extension"]![1]!["valueString"]!.GetValue<string>(), letter => letter >= '一');
    }
}
