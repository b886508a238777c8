using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EHealthPlus.Adapters.Uploads;

namespace EHealthPlus.Tests.Adapters.Uploads;

/// <summary>POST /uploads: who may, what is taken, and what comes back.</summary>
public sealed class HttpUploadTests : IAsyncDisposable
{
    private readonly FeedsUnderTest feeds = new();

    public ValueTask DisposeAsync() => feeds.DisposeAsync();

    [Fact]
    public async Task A_batch_is_taken_followed_and_answered()
    {
        await feeds.StartAsync();
        using var http = feeds.Client("Source:lab");

        using var taken = await http.PostAsync("/uploads?name=night.hl7", Body(ScriptedIntake.Message("1") + ScriptedIntake.Message("2")));

        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        var location = taken.Headers.Location!;
        JsonNode? status = null;
        await Eventually.TrueAsync(() => (status = http.GetFromJsonAsync<JsonNode>(location).Result)!["state"]!.GetValue<string>() == "done", "the upload is done");
        Assert.Equal("night.hl7", status!["name"]!.GetValue<string>());
        Assert.Equal(2, status["counts"]!["accepted"]!.GetValue<int>());
        using var answer = await http.GetAsync($"{location}/answer");
        Assert.Equal("application/hl7-v2", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("MSA|AA|2", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_form_is_taken_for_the_source_it_names()
    {
        await feeds.StartAsync("lab", "his");
        using var http = feeds.Client("IntegrationEngineer");
        using var form = new MultipartFormDataContent { { new StringContent("his"), "source" }, { Body(ScriptedIntake.Message("1")), "file", "../../etc/day <1>.hl7" } };

        using var taken = await http.PostAsync("/uploads", form);

        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        var name = (await taken.Content.ReadFromJsonAsync<JsonNode>())!["name"]!.GetValue<string>();
        Assert.DoesNotContain('/', name);
        Assert.Contains("MSA|AA|1", await feeds.AnswerAsync(name, "his"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "application/hl7-v2", "", HttpStatusCode.Unauthorized, 515)]
    [InlineData("nobody", "application/hl7-v2", "", HttpStatusCode.Unauthorized, 516)]
    [InlineData("Clinician", "application/hl7-v2", "", HttpStatusCode.Forbidden, 513)]
    [InlineData("Operator", "application/hl7-v2", "?source=lab", HttpStatusCode.Forbidden, 513)]
    [InlineData("Source:lab", "application/hl7-v2", "?source=his", HttpStatusCode.Forbidden, 311)]
    [InlineData("Source:gone", "application/hl7-v2", "", HttpStatusCode.Forbidden, 301)]
    [InlineData("Source", "application/hl7-v2", "", HttpStatusCode.Forbidden, 311)]
    [InlineData("IntegrationEngineer", "application/hl7-v2", "", HttpStatusCode.BadRequest, 706)]
    [InlineData("Source:lab", "image/png", "", HttpStatusCode.UnsupportedMediaType, 711)]
    [InlineData("Source:lab", "multipart/form-data; boundary=x", "", HttpStatusCode.BadRequest, 706)]
    public async Task A_refusal_has_a_number_and_keeps_nothing(string? bearer, string type, string query, HttpStatusCode status, int code)
    {
        await feeds.StartAsync("lab", "his");
        using var http = feeds.Client(bearer);
        using var content = Body(ScriptedIntake.Message("1"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var answer = await http.PostAsync($"/uploads{query}", content);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonNode>())!["rejection"]!.GetValue<int>());
        Assert.Empty(feeds.Uploads.List(null, 10));
        Assert.Empty(feeds.Intake.Received);
    }

    [Theory]
    [InlineData("Content-Encoding", "gzip", HttpStatusCode.UnsupportedMediaType, 711, "without a Content-Encoding")]
    [InlineData("Content-Length", "5000000000", HttpStatusCode.RequestEntityTooLarge, 101, "A file has at most")]
    public async Task A_file_that_cannot_be_taken_is_refused_before_it_comes(string header, string value, HttpStatusCode status, int code, string advice)
    {
        await feeds.StartAsync("lab");
        using var http = feeds.Client("Source:lab");
        using var content = Body(ScriptedIntake.Message("1"));
        content.Headers.Remove(header);
        content.Headers.TryAddWithoutValidation(header, value);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/uploads") { Content = content };
        // The body waits for the hub's word, which is no.
        request.Headers.ExpectContinue = true;

        using var answer = await http.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal(code, problem["rejection"]!.GetValue<int>());
        Assert.Contains(advice, problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(feeds.Uploads.List(null, 10));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.Accepted)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Unauthorized)]
    [InlineData("Origin", "http://HOST", HttpStatusCode.Accepted)]
    [InlineData("Origin", "http://elsewhere.example", HttpStatusCode.Unauthorized)]
    [InlineData("X-Nothing", "", HttpStatusCode.Unauthorized)]
    public async Task A_session_cookie_counts_only_from_a_page_of_the_hub(string header, string value, HttpStatusCode expected)
    {
        await feeds.StartAsync();
        using var http = feeds.Client(null);
        http.DefaultRequestHeaders.Add("Cookie", "session=Source:lab");
        http.DefaultRequestHeaders.TryAddWithoutValidation(header, value.Replace("HOST", feeds.Address.Authority, StringComparison.Ordinal));

        using var answer = await http.PostAsync("/uploads", Body(ScriptedIntake.Message("1")));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task What_is_too_long_is_refused_and_nothing_of_it_stays()
    {
        feeds.Options = feeds.Options with { MaxUploadBytes = 1_000 };
        await feeds.StartAsync();
        using var http = feeds.Client("Source:lab");

        using var answer = await http.PostAsync("/uploads", Body(new string('x', 5_000)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(feeds.Folder("working")));
    }

    /// <summary>The answer is lost on a caller who hung up; the file and its entry are not.</summary>
    [Fact]
    public async Task A_file_is_recorded_before_it_is_kept_though_the_caller_hangs_up()
    {
        feeds.Trail.CallerHangsUp = true;
        var kept = true;
        feeds.Trail.Recording = () => kept = feeds.Uploads.List(null, 10).Count > 0;
        await feeds.StartAsync();
        using var http = feeds.Client("Source:lab");

        try
        {
            using var answer = await http.PostAsync("/uploads", Body(ScriptedIntake.Message("1")));
        }
        catch (HttpRequestException)
        {
            // As on a connection that was reset.
        }

        await Eventually.TrueAsync(() => feeds.Intake.Received.Count == 1, "its message is in");
        var entry = Assert.Single(feeds.Trail.Entries);
        Assert.Equal(("upload", $"upload:{Assert.Single(feeds.Uploads.List(null, 10)).Id}", true), (entry.Action, entry.Target, entry.Permitted));
        Assert.False(kept);
    }

    [Fact]
    public async Task A_body_that_breaks_off_leaves_nothing()
    {
        await feeds.StartAsync();
        using (var socket = new System.Net.Sockets.TcpClient())
        {
            await socket.ConnectAsync(feeds.Address.Host, feeds.Address.Port);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /uploads HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer Source:lab\r\nContent-Type: application/hl7-v2\r\nContent-Length: 10000\r\n\r\n{ScriptedIntake.Message("1")}"));
            await Eventually.TrueAsync(() => Directory.EnumerateDirectories(feeds.Folder("working")).Any(), "the body is being received");
        }

        await Eventually.TrueAsync(() => !Directory.EnumerateFileSystemEntries(feeds.Folder("working")).Any(), "it is thrown away");
        Assert.Empty(feeds.Intake.Received);
    }

    [Fact]
    public async Task What_a_crash_cut_off_while_it_came_is_thrown_away_at_the_next_start()
    {
        await feeds.StartAsync();
        await feeds.StopAsync();
        var half = Directory.CreateDirectory(Path.Combine(feeds.Folder("working"), "20260101000000000bbbbbbbb")).FullName;
        File.WriteAllText(Path.Combine(half, "receiving"), ScriptedIntake.Message("1"));

        await feeds.StartAsync();

        Assert.False(Directory.Exists(half));
    }

    [Fact]
    public async Task A_source_sees_only_its_own_uploads()
    {
        await feeds.StartAsync("lab", "his");
        using var lab = feeds.Client("Source:lab");
        using var taken = await lab.PostAsync("/uploads", Body(ScriptedIntake.Message("1")));

        using var other = feeds.Client("Source:his");
        using var seen = await other.GetAsync(taken.Headers.Location);
        using var watcher = feeds.Client("Operator");
        using var watched = await watcher.GetAsync(taken.Headers.Location);

        Assert.Equal(HttpStatusCode.NotFound, seen.StatusCode);
        Assert.Equal(HttpStatusCode.OK, watched.StatusCode);
    }

    /// <summary>Senders put patients' names into the names of files, and an acknowledgement quotes the message.</summary>
    [Theory]
    [InlineData("Operator")]
    [InlineData("Administrator")]
    public async Task Who_sees_no_patient_data_gets_neither_the_name_of_a_file_nor_its_answers(string role)
    {
        var location = await AnsweredAsync();
        using var watcher = feeds.Client(role);

        var status = await watcher.GetStringAsync(location);
        using var refused = await watcher.GetAsync($"{location}/answer");

        Assert.Contains("\"state\":\"done\"", status, StringComparison.Ordinal);
        Assert.DoesNotContain("TESTPATIENT", status, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, 513), (refused.StatusCode, (await refused.Content.ReadFromJsonAsync<JsonNode>())!["rejection"]!.GetValue<int>()));
        Assert.DoesNotContain("TESTPATIENT", refused.Headers + await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Source:lab")]
    [InlineData("IntegrationEngineer")]
    public async Task Answers_are_recorded_before_they_leave(string bearer)
    {
        var location = await AnsweredAsync();
        using var reader = feeds.Client(bearer);

        Assert.Contains("TESTPATIENT.hl7", await reader.GetStringAsync(location), StringComparison.Ordinal);
        Assert.Contains("MSA|AA|1", await reader.GetStringAsync($"{location}/answer"), StringComparison.Ordinal);

        var entry = feeds.Trail.Entries[^1];
        Assert.Equal(("view-message", $"upload:{Assert.Single(feeds.Uploads.List(null, 10)).Id}", true), (entry.Action, entry.Target, entry.Permitted));
    }

    /// <summary>A file with a patient's name in its own, taken and answered.</summary>
    /// <returns>Where its state is told.</returns>
    private async Task<string> AnsweredAsync()
    {
        await feeds.StartAsync();
        using var lab = feeds.Client("Source:lab");
        using var taken = await lab.PostAsync("/uploads?name=TESTPATIENT.hl7", Body(ScriptedIntake.Message("1")));
        await feeds.AnswerAsync("TESTPATIENT.hl7");
        return taken.Headers.Location!.ToString();
    }

    private static ByteArrayContent Body(string text)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new("application/hl7-v2");
        return content;
    }
}
