using System.Net;
using System.Text;
using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>Unmapped codes as work to do, and maps brought into force.</summary>
public sealed class TerminologyTest : IAsyncDisposable
{
    private readonly FakeHub hub = new();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task The_page_lists_codes_files_and_faults_as_text()
    {
        var page = await hub.As(Role.Operator).GetStringAsync("/terminology");
        Assert.DoesNotContain("<b>no</b>", page, StringComparison.Ordinal);
        Assert.Contains("1,234", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/deposits/7\"", page, StringComparison.Ordinal);
        Assert.Contains("target_code", page, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"file\"", page, StringComparison.Ordinal);
        Assert.Contains("type=\"file\"", await hub.As(Role.IntegrationEngineer).GetStringAsync("/terminology"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_download_is_a_local_map_to_fill_in()
    {
        var csv = await hub.As(Role.Operator).GetByteArrayAsync("/terminology/unmapped.csv");
        Assert.Equal(
            "\uFEFFsource,field,code,system,target_system,target_code,target_display,from,until,comment\r\n"
            + $"{FakeTerminology.Hostile.SourceId},OBX-3,\"<b>no</b>,\"\"x\"\"\",99LAB,,,,1900-01-01,,\"seen 1234 times, 1970-01-01 to 1970-01-02, deposit 7\"\r\n",
            Encoding.UTF8.GetString(csv));
    }

    [Theory]
    [InlineData("good", HttpStatusCode.OK)]
    [InlineData("bad", HttpStatusCode.UnprocessableEntity)]
    public async Task A_map_is_loaded_through_the_interface_and_that_is_recorded(string content, HttpStatusCode status)
    {
        using var answer = await hub.As(Role.Administrator).PostAsync("/api/terminology/load?file=lab.csv", new StringContent(content, Encoding.UTF8, "text/csv"));
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("lab.csv", Assert.Single(hub.Terminology.Loaded).File);
        Assert.Contains(hub.Audit, entry => entry.Action == "terminology-load" && entry.Target == "lab.csv");
    }

    [Theory]
    [InlineData("a%00b")]
    [InlineData("lab%00.csv")]
    public async Task A_name_that_no_map_has_is_refused_and_recorded_as_refused(string name)
    {
        using var answer = await hub.As(Role.Administrator).PostAsync($"/api/terminology/load?file={name}", new StringContent("good", Encoding.UTF8, "text/csv"));
        Assert.False(answer.IsSuccessStatusCode);
        Assert.Empty(hub.Terminology.Loaded);
        Assert.False(Assert.Single(hub.Audit, entry => entry.Action == "terminology-load").Permitted);
    }

    [Fact]
    public async Task A_check_changes_nothing()
    {
        using var answer = await hub.As(Role.Administrator).PostAsync("/api/terminology/check?file=lab.csv", new StringContent("good", Encoding.UTF8, "text/csv"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(hub.Terminology.Loaded);
        Assert.Contains("\"resolved\":[{", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_watches_may_not_load()
    {
        using var answer = await hub.As(Role.Operator).PostAsync("/api/terminology/load?file=lab.csv", new StringContent("good", Encoding.UTF8, "text/csv"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(hub.Terminology.Loaded);
    }
}
