using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>A patient whom no rule can match waits for a registrar; what was linked wrongly leaves the record again. Through the whole hub.</summary>
public sealed partial class IdentityReviewTest(RunningHub running) : IClassFixture<RunningHub>
{
    private const int Citizen = 70;

    private static readonly string WithoutNumber = $"PID|1||NB{Citizen}^^^DEMO-HOSPITAL^MR||TESTPATIENT^Number {Citizen}||19800229|F";

    private HubProcess Hub => running.Hub;

    [Fact]
    public async Task A_registrar_links_what_waits_and_takes_it_apart_again()
    {
        await running.EnrolAsync(Citizen);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        var answer = await socket.AskAsync(Messages.Admit(Citizen, "NEWBORN-1", WithoutNumber));
        Assert.Equal("AE", MllpSocket.CodeOf(answer));
        Assert.Contains("409", answer, StringComparison.Ordinal);
        Assert.Empty(await CitizenRecord.OfAsync(Hub, Citizen, "Encounter"));

        var person = await CitizenRecord.PersonAsync(Hub, Citizen);
        using var registrar = Hub.Http("registrar");
        var review = Review().Match(await registrar.GetStringAsync("/identities")).Groups[1].Value;
        Assert.Contains($"value=\"{person}\" data-choice=\"1\"", await registrar.GetStringAsync($"/identities/{review}"), StringComparison.Ordinal);
        await PostAsync(registrar, $"/identities/{review}", ("person", person), ("reason", "Birth certificate seen"));
        await UntilEncountersAsync(person, 1);

        // The number is linked now, and the next message needs nobody.
        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Admit(Citizen, "NEWBORN-2", WithoutNumber))));

        await PostAsync(registrar, $"/persons/{person}/unlink", ("source", "demo-his"), ("authority", "DEMO-HOSPITAL"), ("value", $"NB{Citizen}"), ("reason", "It was a twin"));
        await UntilEncountersAsync(person, 0);
        var page = await registrar.GetStringAsync($"/persons/{person}");
        Assert.Contains("It was a twin", page, StringComparison.Ordinal);
        Assert.Contains("Birth certificate seen", page, StringComparison.Ordinal);
        Assert.Equal("AE", MllpSocket.CodeOf(await socket.AskAsync(Messages.Admit(Citizen, "NEWBORN-3", WithoutNumber))));
    }

    private async Task UntilEncountersAsync(string person, int count)
    {
        using var clinician = Hub.Http("clinician");
        JsonNode? page = null;
        await Wait.UntilAsync(
            async () => (page = await clinician.GetFromJsonAsync<JsonNode>($"/fhir/Encounter?patient={person}"))!["total"]!.GetValue<int>() == count,
            TimeSpan.FromSeconds(20), () => $"{count} encounters were expected: {page}");
    }

    private static async Task PostAsync(HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        using var answer = await client.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))));
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Found, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    [GeneratedRegex("href=\"/identities/([0-9]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Review();
}
