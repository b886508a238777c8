using System.Net.Http.Headers;
using EHealthPlus.Tests.Security.Attacking;

namespace EHealthPlus.Tests.Security.Sessions;

/// <summary>
/// A page of another site, in the browser of somebody who is signed in here, changes nothing: even where a browser were to send the cookie
/// in spite of SameSite. Every route that changes something is tried, as somebody whom it lets in.
/// </summary>
public sealed class CrossSiteTest(AttackedHub attacked) : IDisposable
{
    private readonly Doors doors = new(attacked);

    private static IEnumerable<HubRoute> Changing => HubRoute.All.Where(route => route.Changes && route.Template is not "/oauth/token" && !route.Template.Contains("{**", StringComparison.Ordinal));

    public void Dispose() => doors.Dispose();

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    public async Task By_a_request_that_says_where_it_comes_from(string header, string value)
    {
        foreach (var route in Changing)
        {
            foreach (var type in new[] { "application/x-www-form-urlencoded", "text/plain", "application/json", "application/fhir+json", "application/hl7-v2" })
            {
                var answer = await SendAsync(route, type, (header, value));
                Assert.True(Refused(answer), $"{route} with {type}: {answer.Status} {answer.Body}");
            }
        }
    }

    [Fact]
    public async Task By_a_form_without_the_token_of_the_session_or_with_that_of_another()
    {
        foreach (var route in Changing.Where(route => route.Template is not ("/sign-in" or "/invitation" or "/preferences" or "/api/sign-in" or "/api/invitations/open" or "/api/invitations/accept")))
        {
            // Programs' interfaces show where they come from by the type of their body, which no form of another site can send.
            if (route.Template.StartsWith("/fhir", StringComparison.Ordinal) || route.Template.StartsWith("/notices", StringComparison.Ordinal)) continue;
            foreach (var antiforgery in new[] { "", "0", new string('0', 64) })
            {
                var answer = await SendAsync(route, "application/x-www-form-urlencoded", ("X-Antiforgery", antiforgery));
                Assert.True(Refused(answer), $"{route}: {answer.Status} {answer.Body}");
            }
        }
    }

    [Fact]
    public async Task No_interface_is_open_to_the_scripts_of_other_sites()
    {
        foreach (var route in HubRoute.All.DistinctBy(route => route.Template))
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(attacked.Stranger.BaseAddress!, route.Harmless()));
            request.Headers.Add("Origin", "https://elsewhere.example");
            request.Headers.Add("Access-Control-Request-Method", route.Method);
            var answer = await Judged.AskAsync(attacked.Stranger, request, TestContext.Current.CancellationToken);

            Assert.DoesNotContain(answer.Headers.Keys, name => name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }
    }

    private static bool Refused(Judged answer) => answer.Status is 400 or 401 or 403 or 404 or 405 or 415
        || (answer.Status == 302 && answer.Headers["Location"].StartsWith("/sign-in", StringComparison.Ordinal) && !answer.Headers.ContainsKey("Set-Cookie"))
        || (answer.Status == 303 && answer.Headers["Location"].Contains("refused=", StringComparison.Ordinal));

    private async Task<Judged> SendAsync(HubRoute route, string type, (string Name, string Value) header)
    {
        var insider = await doors.InsiderAsync(route);
        using var browser = attacked.Browser(insider.DefaultRequestHeaders.Authorization!.Parameter);
        using var request = new HttpRequestMessage(new(route.Method), new Uri(browser.BaseAddress!, route.Harmless())) { Content = new ByteArrayContent("reason=x&language=zh"u8.ToArray()) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return await Judged.AskAsync(browser, request, TestContext.Current.CancellationToken);
    }
}
