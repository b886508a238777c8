using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Tests.Credentials.People;

/// <summary>A console session that shows no page for a quarter of an hour is over in the hub, not only in the browser.</summary>
public sealed class ConsoleSessionTests(HubUnderTest hub) : IClassFixture<HubUnderTest>
{
    private IConsoleSessions Sessions => hub.Get<IConsoleSessions>();

    [Fact]
    public void Each_page_begins_the_quarter_of_an_hour_anew()
    {
        for (var page = 0; page < 5; page++)
        {
            Sessions.Used("in use");
            hub.Clock.Elapsed += ConsoleCookie.Idle - TimeSpan.FromSeconds(1);
            Assert.True(Sessions.GoesOn("in use"));
        }
    }

    [Fact]
    public void Asking_does_not_keep_it_alive_and_a_page_after_its_end_needs_a_sign_in()
    {
        Sessions.Used("idle");
        for (var minute = 0; minute < 15; minute++)
        {
            Assert.True(Sessions.GoesOn("idle"));
            hub.Clock.Elapsed += TimeSpan.FromMinutes(1);
        }

        Assert.False(Sessions.GoesOn("idle"));
        hub.Clock.Elapsed += TimeSpan.FromHours(10);
        Assert.False(Sessions.GoesOn("idle"));
    }

    [Theory]
    [InlineData(-48)]
    [InlineData(48)]
    public void A_time_of_day_that_jumps_neither_ends_it_nor_draws_it_out(int hours)
    {
        Sessions.Used("jumping");
        hub.Clock.Now += TimeSpan.FromHours(hours);
        hub.Clock.Elapsed += TimeSpan.FromMinutes(14);
        Assert.True(Sessions.GoesOn("jumping"));
        hub.Clock.Elapsed += TimeSpan.FromMinutes(1);
        Assert.False(Sessions.GoesOn("jumping"));
        hub.Clock.Now -= TimeSpan.FromHours(hours);
    }
}
