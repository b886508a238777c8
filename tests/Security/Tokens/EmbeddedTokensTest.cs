using System.Net;

namespace EHealthPlus.Tests.Security.Tokens;

/// <summary>The tokens of the embedded mode can be switched off: then only accounts and clients have a way in.</summary>
public sealed class EmbeddedTokensTest
{
    private readonly string folder = Directory.CreateTempSubdirectory("ehealthplus-embedded-").FullName;

    [Fact]
    public async Task Switched_off_their_file_is_neither_written_nor_read()
    {
        var hub = Hub(false);
        await hub.StartAsync();
        Assert.False(File.Exists(Path.Combine(folder, "credentials.json")));
        await hub.StopAsync();

        var embedded = Hub(true);
        await embedded.StartAsync();
        var token = embedded.Token("administrator");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(embedded, token));
        await embedded.StopAsync();

        // The file of before is still there.
        await using var again = Hub(false);
        await again.StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(again, token));
    }

    private HubProcess Hub(bool embedded) => new(folder, new Dictionary<string, string>(StringComparer.Ordinal) { ["Hub__EmbeddedTokens"] = embedded ? "true" : "false" });

    private static async Task<HttpStatusCode> AskAsync(HubProcess hub, string token)
    {
        using var http = hub.Anonymous();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return (await http.GetAsync("/api/accounts", TestContext.Current.CancellationToken)).StatusCode;
    }
}
