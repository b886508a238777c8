using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.Security.Attacking;

namespace EHealthPlus.Tests.Security.Injection;

/// <summary>
/// Hostile text in each parameter of each route, from somebody who is let in there: a clear answer that gives nothing away, and never a fault.
/// Routes and parameters come from the hub: a new one is attacked without a change here.
/// </summary>
public sealed class ParameterInjectionTest(AttackedHub attacked) : IDisposable
{
    private static readonly string[] Core = ["' OR '1'='1", "a\0b", "a\r\nSet-Cookie: taken=1", "../../etc/passwd", "<script>window.taken=1</script>", "9223372036854775808", "|", "(a+)+$"];

    private readonly Doors doors = new(attacked);

    public void Dispose() => doors.Dispose();

    [Fact]
    public async Task Each_part_of_each_address()
    {
        var requests =
            from route in HubRoute.All
            from parameter in route.Parameters
            from value in Hostile.Values
            where value.Length is > 0 and < 2500
            select AskAsync(route, route.With(parameter, Uri.EscapeDataString(value)));

        await Doors.ExpectNoFaultsAsync(requests);
    }

    [Fact]
    public async Task Each_query_parameter_of_each_page_and_interface()
    {
        Assert.Contains("q", HubRoute.StatedNames);
        var requests =
            from route in HubRoute.All
            where !route.Changes && !route.Template.StartsWith("/fhir", StringComparison.Ordinal)
            from name in HubRoute.StatedNames
            from value in name is "q" or "person" or "source" or "return" ? Hostile.Values : Core
            select AskAsync(route, $"{route.Harmless()}?{name}={Uri.EscapeDataString(value)}");

        await Doors.ExpectNoFaultsAsync(requests);
    }

    [Fact]
    public async Task Each_search_parameter_of_each_type_in_FHIR()
    {
        var person = await attacked.EnrolAsync(100);
        await CitizenRecord.ShareAsync(attacked.Hub, 100);
        var statement = (await doors.Of("clinician").GetFromJsonAsync<JsonNode>("/fhir/metadata", TestContext.Current.CancellationToken))!;
        var requests =
            from type in statement["rest"]![0]!["resource"]!.AsArray()
            let name = type!["type"]!.GetValue<string>()
            let parameters = type["searchParam"]!.AsArray().Select(parameter => parameter!["name"]!.GetValue<string>()).ToList()
            from parameter in (string[])[.. parameters, "_sort", "_include", "_revinclude", "_elements", "_count", "_summary", "_cursor", "_format", "_unknown", "_has:Observation:patient:code", "patient.name"]
            from value in name is "Observation" or "Patient" or "AuditEvent" ? Hostile.Values : Core
            let subject = parameters.Contains("patient") && parameter != "patient" ? $"patient={person}&" : ""
            select new Func<Task<Judged>>(() => Judged.AskAsync(
                doors.Of(name is "AuditEvent" ? "auditor" : "clinician"), "GET", $"/fhir/{name}?{subject}{Uri.EscapeDataString(parameter)}={Uri.EscapeDataString(value)}"));

        await Doors.ExpectNoFaultsAsync(requests);
    }

    [Fact]
    public async Task Each_header_that_is_read()
    {
        string[] names = ["Accept", "Accept-Language", "Accept-Charset", "If-None-Match", "If-Modified-Since", "Prefer", "X-Purpose-Of-Use", "Content-Disposition", "Sec-Fetch-Site", "Cookie", "Authorization", "X-Antiforgery", "Origin", "Range"];
        string[] paths = ["/fhir/Organization/demo-clinic", "/deposits", "/api/deposits", "/uploads", "/sign-in"];
        var requests =
            from name in names
            from path in paths
            from value in Hostile.Values
            where value.Length < 2500 && value.All(letter => letter is >= ' ' and < '\u007f')
            select new Func<Task<Judged>>(async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(doors.Of("clinician").BaseAddress!, path));
                request.Headers.TryAddWithoutValidation(name, value);
                return await Judged.AskAsync(doors.Of(path.StartsWith("/fhir", StringComparison.Ordinal) ? "clinician" : "operator"), request, TestContext.Current.CancellationToken);
            });

        await Doors.ExpectNoFaultsAsync(requests);
    }

    [Fact]
    public async Task What_was_sent_changed_nothing()
    {
        // Files of other tests of this hub may still be in work.
        var before = "";
        await Wait.UntilAsync(
            async () =>
            {
                var earlier = before;
                await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
                before = (await attacked.Hub.Http("operator").DepositsAsync("count=200")).ToJsonString();
                return before == earlier;
            },
            TimeSpan.FromSeconds(60), () => "Deposits do not end");
        await Doors.ExpectNoFaultsAsync(Hostile.Values.Select(value => AskAsync(new("GET", "/deposits"), $"/deposits?q={Uri.EscapeDataString(value)}")));
        var after = await attacked.Hub.Http("operator").DepositsAsync("count=200");

        Assert.Equal(before, after.ToJsonString());
        await Wait.UntilAsync(
            async () => (await doors.Of("operator").GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.OK, TimeSpan.FromSeconds(30), () => "The hub is not ready");
        await attacked.RunAsync("audit", "verify");
    }

    private Func<Task<Judged>> AskAsync(HubRoute route, string address) => async () =>
    {
        using var body = route.Changes ? new StringContent("") : null;
        return await Judged.AskAsync(await doors.InsiderAsync(route), route.Method, address, body);
    };
}
