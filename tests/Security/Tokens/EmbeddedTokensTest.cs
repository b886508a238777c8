using System.Net;

namespace EHealthPlus.Tests.Security.Tokens;

/// <summary>The tokens of the embedded mode can be switched off: then only accounts and clients have a way in.</summary>
public sealed class EmbeddedTokensTest
{
    private const string Embedded = "Hub__EmbeddedTokens";

    [Fact]
    public async Task Switched_off_their_file_is_neither_written_nor_read()
    {
        await using var hub = new HubProcess { Settings = { [Embedded] = "false" } };
        await hub.StartAsync();
        Assert.False(File.Exists(Path.Combine(hub.DataDirectory, "credentials.json")));
        await hub.StopAsync();

        hub.Settings[Embedded] = "true";
        await hub.StartAsync();
        var token = hub.Token("administrator");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(hub, token));
        await hub.StopAsync();

        // The file of before is still there.
        hub.Settings[Embedded] = "false";
        await hub.StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(hub, token));
    }

    private static async Task<HttpStatusCode> AskAsync(HubProcess hub, string token)
    {
        using var http = hub.Anonymous();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return (await http.GetAsync("/api/accounts", TestContext.Current.CancellationToken)).StatusCode;
    }
}
