using System.Net;
using System.Net.Http.Json;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>Who is said to have left works there no longer, and nobody comes in by leaving.</summary>
public sealed class AffiliationApiTest : IAsyncDisposable
{
    private static readonly string Doctor = FakeCredentials.Doctor.Id;

    private readonly FakeHub hub = new();
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Leaving_ends_every_affiliation_in_force_and_no_other()
    {
        Affiliation elsewhere = new(Doctor, "other-clinic", now.AddDays(-50));
        Affiliation past = new(Doctor, "synthetic-clinic", now.AddDays(-40), now.AddDays(-35));
        hub.Credentials.Affiliations.AddRange([elsewhere, past, new(Doctor, "synthetic-clinic", now.AddDays(-30)), new(Doctor, "synthetic-clinic", now.AddDays(-10))]);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(new { professionalId = Doctor, providerId = "synthetic-clinic", until = now }));

        Assert.Equal([elsewhere, past, new(Doctor, "synthetic-clinic", now.AddDays(-30), now), new(Doctor, "synthetic-clinic", now.AddDays(-10), now)], hub.Credentials.AffiliationsOf(Doctor));
    }

    [Fact]
    public async Task Leaving_later_ends_what_begins_before_then_and_lengthens_nothing()
    {
        Affiliation ending = new(Doctor, "synthetic-clinic", now.AddDays(-30), now.AddDays(5));
        hub.Credentials.Affiliations.AddRange([ending, new(Doctor, "synthetic-clinic", now.AddDays(5))]);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(new { professionalId = Doctor, providerId = "synthetic-clinic", until = now.AddDays(20) }));

        Assert.Equal([ending, new(Doctor, "synthetic-clinic", now.AddDays(5), now.AddDays(20))], hub.Credentials.AffiliationsOf(Doctor));
    }

    [Fact]
    public async Task Who_has_no_affiliation_in_force_cannot_leave_and_gets_none()
    {
        hub.Credentials.Affiliations.Add(new(Doctor, "other-clinic", now.AddDays(-50)));

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(new { professionalId = Doctor, providerId = "synthetic-clinic", until = now.AddDays(30) }));

        Assert.Equal("other-clinic", Assert.Single(hub.Credentials.Affiliations).ProviderId);
        Assert.Empty(hub.Audit);
    }

    [Fact]
    public async Task An_end_is_put_off_only_by_saying_which_affiliation_is_meant()
    {
        Affiliation ending = new(Doctor, "synthetic-clinic", now.AddDays(-30), now.AddDays(5));
        hub.Credentials.Affiliations.Add(ending);

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(new { professionalId = Doctor, providerId = "synthetic-clinic", until = now.AddDays(20) }));
        Assert.Equal([ending], hub.Credentials.Affiliations);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(new { professionalId = Doctor, providerId = "synthetic-clinic", from = ending.From, until = now.AddDays(20) }));
        Assert.Equal([ending with { Until = now.AddDays(20) }], hub.Credentials.Affiliations);
    }

    private async Task<HttpStatusCode> PostAsync(object body)
    {
        await hub.Registry.SaveAsync(new Provider("synthetic-clinic", "Synthetic Clinic", "模擬診所", ProviderKind.Clinic), TestContext.Current.CancellationToken);
        using var answer = await hub.As(Role.Administrator).PostAsJsonAsync("/api/affiliations", body, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
