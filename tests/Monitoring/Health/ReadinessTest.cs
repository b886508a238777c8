using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Tests.Monitoring.Console;

namespace EHealthPlus.Tests.Monitoring.Health;

/// <summary>Live always, ready only when every check agrees.</summary>
public class ReadinessTest
{
    [Fact]
    public async Task Ready_when_each_check_agrees()
    {
        await using var hub = new FakeHub([new Check("store", () => null), new Check("mllp", () => null)]);

        using var answer = await hub.Anonymous().GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks").GetArrayLength());
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    [InlineData("/sign-in")]
    public async Task A_load_balancer_may_ask_with_HEAD(string path)
    {
        await using var hub = new FakeHub([new Check("store", () => null)]);

        using var answer = await hub.Anonymous().SendAsync(new(HttpMethod.Head, path));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Not_ready_says_which_check_and_why()
    {
        await using var hub = new FakeHub([new Check("store", () => "disk full"), new Check("mllp", () => null)]);

        using var answer = await hub.Anonymous().GetAsync("/health/ready");
        var store = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks")[0];

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(("store", false, "disk full"), (store.GetProperty("name").GetString(), store.GetProperty("ready").GetBoolean(), store.GetProperty("problem").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await hub.Anonymous().GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task A_check_that_fails_or_hangs_is_not_ready()
    {
        await using var hub = new FakeHub([new Check("throws", () => throw new InvalidOperationException("secret")), new Hung()]);

        using var answer = await hub.Anonymous().GetAsync("/health/ready");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("InvalidOperationException", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Contains("No answer in 2 s", text, StringComparison.Ordinal);
    }

    private sealed class Check(string name, Func<string?> say) : IReadinessCheck
    {
        public string Name => name;

        public ValueTask<string?> CheckAsync(CancellationToken cancellationToken) => new(say());
    }

    private sealed class Hung : IReadinessCheck
    {
        public string Name => "hung";

        public async ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
        {
            await new TaskCompletionSource<string?>().Task;
            return null;
        }
    }
}
