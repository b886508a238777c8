using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Uploads;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>The page of uploaded files: progress, reasons, answers, and who may upload there.</summary>
public sealed class UploadsPageTest : IAsyncDisposable
{
    private readonly FakeHub hub = new();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_file_in_work_shows_how_far_it_is_and_a_finished_one_its_answer()
    {
        hub.Uploads.Add(Of("one", UploadState.Working) with { Bytes = 200, BytesRead = 50, Fault = "no room is left on the disk" });
        hub.Uploads.Add(Of("two", UploadState.Done) with { Answer = "day.hl7.ack", Counts = new(1, 10, 7, 3, 0), Reasons = [new(402, 3, 5, "L5")] });

        var page = await hub.As(Role.IntegrationEngineer).GetStringAsync("/uploads");

        Assert.Contains("<progress max=\"100\" value=\"25\">", page, StringComparison.Ordinal);
        Assert.Contains("Held up: no room is left on the disk", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/uploads/one/answer", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/uploads/two/answer\"", page, StringComparison.Ordinal);
        Assert.Contains("first: message 5, MSH-10 L5", page, StringComparison.Ordinal);
        Assert.Contains("/rejections#402", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hostile_file_name_stays_text()
    {
        hub.Uploads.Add(Of("one", UploadState.Refused) with { Name = "<script>alert(1)</script>\".hl7", Rejection = new(RejectionCode.BatchCountMismatch, "BTS-1 says 2; it holds 1") });

        var page = await hub.As(Role.IntegrationEngineer).GetStringAsync("/uploads");

        Assert.Contains("&lt;script&gt;alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("BTS-1 says 2; it holds 1", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Operator)]
    [InlineData(Role.Administrator)]
    public async Task Who_sees_no_patient_data_sees_neither_names_of_files_nor_answers(Role role)
    {
        hub.Uploads.Add(Of("20260101000000000aaaaaaaa", UploadState.Done) with { Name = "TESTPATIENT.hl7", Answer = "TESTPATIENT.hl7.ack", Reasons = [new(402, 3, 5, "L5")] });

        var page = await hub.As(role).GetStringAsync("/uploads");

        Assert.Contains(">20260101000000000aaaaaaaa</td>", page, StringComparison.Ordinal);
        Assert.Contains("/rejections#402", page, StringComparison.Ordinal);
        Assert.DoesNotContain("TESTPATIENT", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/answer", page, StringComparison.Ordinal);
    }

    /// <summary>refresh.js asks every two seconds: nobody need be there.</summary>
    [Fact]
    public async Task A_page_that_asks_for_itself_keeps_no_session()
    {
        var browser = hub.Browsing(Role.Operator);
        await browser.GetStringAsync("/uploads");
        Assert.Single(hub.PagesShown);

        browser.DefaultRequestHeaders.Add("X-Refresh", "1");
        using var again = await browser.GetAsync("/uploads");

        Assert.Single(hub.PagesShown);
        Assert.False(again.Headers.Contains("Set-Cookie"));
        Assert.Contains("'X-Refresh'", await hub.Anonymous().GetStringAsync("/assets/refresh.js"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_may_see_messages_is_offered_the_form()
    {
        Assert.Contains("enctype=\"multipart/form-data\"", await hub.As(Role.IntegrationEngineer).GetStringAsync("/uploads"), StringComparison.Ordinal);
        Assert.DoesNotContain("multipart", await hub.As(Role.Operator).GetStringAsync("/uploads"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_was_refused_says_why()
    {
        Assert.Contains("not taken: 124", await hub.As(Role.Operator).GetStringAsync("/uploads?refused=124"), StringComparison.Ordinal);
    }

    private static UploadStatus Of(string id, UploadState state) =>
        new(id, "lab", "day.hl7", DateTimeOffset.UnixEpoch, null, state, 100, 100, new(1, 0, 0, 0, 0), null, [], null, null);
}
