using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Adapters.Notices;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Tests.Adapters.Notices;

public sealed class NoticeRoutesTests
{
    [Theory]
    [InlineData(RejectionCode.SessionEnded)]
    [InlineData(null)]
    public async Task Whose_credential_was_refused_is_told_why(RejectionCode? refused)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var host = builder.Build();
        host.Use((http, next) =>
        {
            if (refused is { } code) http.User = CredentialRefusal.UserOf(new(code, "The session is over"));
            return next(http);
        });
        host.MapNotices();
        await host.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new(host.Urls.Single()) };

        using var answer = await client.GetAsync("/notices/choice", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal((int)(refused ?? RejectionCode.CredentialMissing), (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["rejection"]!.GetValue<int>());
    }
}
