using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EHealthPlus.Tests.Security.Attacking;

/// <summary>A person with an account of the hub. Two codes can be used within a minute: one takes the invitation, one signs in.</summary>
internal sealed class InvitedPerson
{
    public const string Password = "correct horse battery";

    private readonly HubProcess hub;
    private readonly Authenticator authenticator;

    private InvitedPerson(HubProcess hub, string name, Authenticator authenticator)
    {
        this.hub = hub;
        Name = name;
        this.authenticator = authenticator;
    }

    public string Name { get; }

    /// <param name="provider">For clinicians: where they work, and are registered for it.</param>
    public static async Task<InvitedPerson> MakeAsync(AttackedHub attacked, string role, string? provider = null)
    {
        var name = $"{role}-{Guid.NewGuid():N}"[..24];
        if (provider is not null)
        {
            await attacked.PostAsync("administrator", "/api/professionals", new { id = name, name = "TEST Doctor", profession = "medical-practitioner", registrationNumber = "M00009" });
            await attacked.PostAsync("administrator", "/api/affiliations", new { professionalId = name, providerId = provider });
        }

        var invited = await attacked.PostAsync("administrator", "/api/accounts", new { name, role, professionalId = provider is null ? null : name });
        var invitation = invited!["token"]!.GetValue<string>();
        using var http = attacked.Hub.Anonymous();
        using var opened = await http.PostAsJsonAsync("/api/invitations/open", new { invitation });
        var authenticator = new Authenticator(JsonNode.Parse(await opened.Content.ReadAsStringAsync())!["uri"]!.GetValue<string>());
        using var accepted = await http.PostAsJsonAsync("/api/invitations/accept", new { invitation, password = Password, code = authenticator.NextCode() });
        Assert.True(accepted.IsSuccessStatusCode, await accepted.Content.ReadAsStringAsync());
        return new(attacked.Hub, name, authenticator);
    }

    public string NextCode() => authenticator.NextCode();

    /// <returns>The session's token.</returns>
    public async Task<string> SignInAsync()
    {
        var (status, said) = await TryAsync(Password, NextCode());
        Assert.True(status == HttpStatusCode.OK, said);
        return JsonNode.Parse(said)!["token"]!.GetValue<string>();
    }

    public async Task<(HttpStatusCode Status, string Said)> TryAsync(string password, string code, string? name = null)
    {
        using var http = hub.Anonymous();
        using var answer = await http.PostAsJsonAsync("/api/sign-in", new { name = name ?? Name, password, code });
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
