using System.Collections.Concurrent;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Uploads;

namespace EHealthPlus.Tests.Adapters.Uploads;

/// <summary>Which files are taken, in which order, and what a stop or a fault does to them.</summary>
public sealed class FolderTests : IAsyncDisposable
{
    private readonly FeedsUnderTest feeds = new();

    public ValueTask DisposeAsync() => feeds.DisposeAsync();

    [Theory]
    [InlineData(".hidden.hl7")]
    [InlineData("a.part")]
    [InlineData("a.tmp")]
    [InlineData("a.FILEPART")]
    public async Task Unfinished_transfers_are_left_alone(string name)
    {
        await feeds.StartAsync();
        File.WriteAllText(Path.Combine(feeds.Folder("in"), name), ScriptedIntake.Message("1"));

        feeds.Drop("whole.hl7", ScriptedIntake.Message("2"));

        await feeds.AnswerAsync("whole.hl7");
        Assert.True(File.Exists(Path.Combine(feeds.Folder("in"), name)));
        Assert.Equal(["2"], feeds.Intake.Received);
    }

    [Fact]
    public async Task A_file_that_is_written_in_place_is_taken_when_nobody_writes_any_more()
    {
        feeds.Options = feeds.Options with { SettleTime = TimeSpan.FromSeconds(5) };
        await feeds.StartAsync();
        var path = Path.Combine(feeds.Folder("in"), "slow.hl7");
        for (var part = 1; part <= 4; part++)
        {
            File.AppendAllText(path, ScriptedIntake.Message($"{part}"));
            await Task.Delay(200);
            Assert.True(File.Exists(path));
        }

        Assert.Contains("FTS|1|4 messages", await feeds.AnswerAsync("slow.hl7"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_one_source_go_by_name()
    {
        foreach (var name in new[] { "c", "a", "b" }) feeds.Drop(name, ScriptedIntake.Message(name));

        await feeds.StartAsync();

        await feeds.AnswerAsync("c");
        Assert.Equal(["a", "b", "c"], feeds.Intake.Received);
    }

    [Fact]
    public async Task A_name_that_came_before_gets_answers_of_its_own()
    {
        await feeds.StartAsync();
        feeds.Drop("day.hl7", ScriptedIntake.Message("1"));
        await feeds.AnswerAsync("day.hl7");

        feeds.Drop("day.hl7", ScriptedIntake.Message("2"));

        Assert.Contains("MSA|AA|2", await feeds.AnswerAsync("day.hl7~2"), StringComparison.Ordinal);
        Assert.Contains("MSA|AA|1", await feeds.AnswerAsync("day.hl7"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_file_of_one_source_does_not_hold_up_another()
    {
        feeds.Options = feeds.Options with { SlicesAtOnce = 1, SliceMessages = 10 };
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        feeds.Intake.OnReceive = async message =>
        {
            if (ScriptedIntake.ControlId(message) == "L500") await open.Task;
            return ScriptedIntake.Original("AA", message);
        };
        feeds.Drop("large.hl7", string.Concat(Enumerable.Range(0, 400).Select(number => ScriptedIntake.Message($"L{number}"))), "large");
        feeds.Drop("large2.hl7", string.Concat(Enumerable.Range(500, 10).Select(number => ScriptedIntake.Message($"L{number}"))), "large");

        feeds.Drop("small.hl7", ScriptedIntake.Message("S"), "small");
        await feeds.StartAsync("large", "small");

        await feeds.AnswerAsync("small.hl7", "small");
        open.SetResult();
        await feeds.AnswerAsync("large2.hl7", "large");
        Assert.True(feeds.Intake.Received.ToList().IndexOf("S") < 400);
    }

    [Fact]
    public async Task A_file_that_was_cut_off_by_a_stop_goes_on_and_has_each_answer_once()
    {
        feeds.Options = feeds.Options with { SliceMessages = 10 };
        await feeds.StartAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        feeds.Intake.OnReceive = async message =>
        {
            if (ScriptedIntake.ControlId(message) == "57")
            {
                reached.TrySetResult();
                await new TaskCompletionSource().Task;
            }

            return ScriptedIntake.Original("AA", message);
        };
        feeds.Drop("day.hl7", $"BHS|^~\\&|LIS\r{string.Concat(Enumerable.Range(0, 100).Select(number => ScriptedIntake.Message($"{number}")))}BTS|100\r");
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await feeds.StopAsync();
        feeds.Intake.OnReceive = message => Task.FromResult(ScriptedIntake.Original("AA", message));

        await feeds.StartAsync();

        var answer = await feeds.AnswerAsync("day.hl7");
        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"MSA|AA|{number}"), answer.Split('\r').Where(line => line.StartsWith("MSA", StringComparison.Ordinal)));
        Assert.Contains("BTS|100|", answer, StringComparison.Ordinal);
        Assert.True(feeds.Intake.Received.Count(control => control == "10") == 1, "What was kept as decided was offered again");
        Assert.Equal(UploadState.Done, Assert.Single(feeds.Uploads.List(null, 10)).State);
    }

    [Fact]
    public async Task What_cannot_be_kept_now_is_offered_again_before_what_follows_and_said_meanwhile()
    {
        await feeds.StartAsync();
        var said = new List<string?>();
        feeds.Intake.OnReceive = async message =>
        {
            if (ScriptedIntake.ControlId(message) != "2") return ScriptedIntake.Original("AA", message);
            said.Add(await feeds.Check.CheckAsync(CancellationToken.None));
            return said.Count <= 3 ? ScriptedIntake.Unkept(RejectionCode.StorageFull) : ScriptedIntake.Original("AA", message);
        };

        feeds.Drop("day.hl7", ScriptedIntake.Message("1") + ScriptedIntake.Message("2") + ScriptedIntake.Message("3"));

        Assert.Contains("FTS|1|3 messages, 3 accepted", await feeds.AnswerAsync("day.hl7"), StringComparison.Ordinal);
        Assert.Equal(["1", "2", "2", "2", "2", "3"], feeds.Intake.Received);
        Assert.Null(said[0]);
        Assert.All(said.Skip(1), line => Assert.Contains("No room is left", line, StringComparison.Ordinal));
        Assert.Null(await feeds.Check.CheckAsync(CancellationToken.None));
        Assert.False(feeds.Check.Vital);
    }

    /// <summary>A message that is too long is refused, once there is room to keep that it was.</summary>
    [Fact]
    public async Task A_refusal_that_could_not_be_kept_is_kept_later_and_holds_nothing_up_then()
    {
        feeds.Options = feeds.Options with { MaxMessageBytes = 200 };
        await feeds.StartAsync();
        var said = new List<string?>();
        feeds.Intake.OnRefuse = () =>
        {
            said.Add(feeds.Check.CheckAsync(CancellationToken.None).AsTask().Result);
            return said.Count <= 2 ? RejectionCode.StorageFull : null;
        };

        feeds.Drop("day.hl7", ScriptedIntake.Message("1") + "OBX|1|ST|" + new string('x', 500) + "\r");

        await feeds.AnswerAsync("day.hl7");
        Assert.Contains("No room is left", said[^1], StringComparison.Ordinal);
        Assert.Null(await feeds.Check.CheckAsync(CancellationToken.None));
        Assert.Null(Assert.Single(feeds.Uploads.List(null, 10)).Fault);
    }

    [Fact]
    public async Task An_answer_that_says_not_yet_is_asked_for_again()
    {
        await feeds.StartAsync();
        var tries = 0;
        feeds.Intake.OnReceive = message => Task.FromResult(
            Interlocked.Increment(ref tries) <= 2 ? ScriptedIntake.Original("AE", message, (int)RejectionCode.ProcessingTimedOut) : ScriptedIntake.Original("AA", message));

        feeds.Drop("late.hl7", ScriptedIntake.Message("1"));

        var answer = await feeds.AnswerAsync("late.hl7");
        Assert.Contains("MSA|AA|1", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("MSA|AE", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_said_and_tried_again_and_holds_up_no_other()
    {
        await feeds.StartAsync();
        // A folder in the place of the file: it cannot be opened, whoever runs the test.
        var id = "20260101000000000aaaaaaaa";
        var working = Path.Combine(feeds.Folder("working"), id);
        Directory.CreateDirectory(Path.Combine(working, "content"));
        File.WriteAllText(
            Path.Combine(working, "progress.json"),
            $$"""{ "Id": "{{id}}", "SourceId": "lab", "Name": "stuck.hl7", "TakenAt": "2026-01-01T00:00:00Z", "Bytes": 1 }""");
        await Eventually.TrueAsync(() => feeds.Check.CheckAsync(CancellationToken.None).AsTask().Result is not null, "the fault is said");

        feeds.Drop("next.hl7", ScriptedIntake.Message("1"));
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(feeds.Folder("answers"), "next.hl7.ack")), "the next file is answered");
        Directory.Delete(Path.Combine(working, "content"));
        File.WriteAllText(Path.Combine(working, "content"), ScriptedIntake.Message("2"));

        Assert.Contains("MSA|AA|2", await feeds.AnswerAsync("stuck.hl7"), StringComparison.Ordinal);
        Assert.Null(await feeds.Check.CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Two_files_of_one_name_that_cannot_be_put_away_keep_their_answers_and_contents()
    {
        await feeds.StartAsync();
        // A folder in the place of the file: it cannot be moved there, whoever runs the test.
        Directory.CreateDirectory(Path.Combine(feeds.Folder("done"), "day.hl7"));
        feeds.Drop("day.hl7", ScriptedIntake.Message("1"));
        await Eventually.TrueAsync(() => feeds.Uploads.List("lab", 10).Any(upload => upload.Fault is not null), "the first is held up");

        feeds.Drop("day.hl7", ScriptedIntake.Message("2"));
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(feeds.Folder("done"), "day.hl7~2")), "the second is put away");
        Directory.Delete(Path.Combine(feeds.Folder("done"), "day.hl7"));

        Assert.Contains("MSA|AA|1", await feeds.AnswerAsync("day.hl7"), StringComparison.Ordinal);
        Assert.Contains("MSA|AA|2", await feeds.AnswerAsync("day.hl7~2"), StringComparison.Ordinal);
        Assert.Equal(ScriptedIntake.Message("1"), File.ReadAllText(Path.Combine(feeds.Folder("done"), "day.hl7")));
        Assert.Equal(ScriptedIntake.Message("2"), File.ReadAllText(Path.Combine(feeds.Folder("done"), "day.hl7~2")));
    }

    [Fact]
    public async Task Two_files_of_one_name_whose_answers_cannot_be_put_away_get_names_of_their_own()
    {
        await feeds.StartAsync();
        // Nothing of the first is seen outside working/ yet.
        Directory.CreateDirectory(Path.Combine(feeds.Folder("answers"), "day.hl7.ack"));
        feeds.Drop("day.hl7", ScriptedIntake.Message("1"));
        await Eventually.TrueAsync(() => feeds.Uploads.List("lab", 10).Any(upload => upload.Fault is not null), "the first is held up");

        feeds.Drop("day.hl7", ScriptedIntake.Message("2"));
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(feeds.Folder("done"), "day.hl7~2")), "the second is put away");
        Directory.Delete(Path.Combine(feeds.Folder("answers"), "day.hl7.ack"));

        Assert.Contains("MSA|AA|1", await feeds.AnswerAsync("day.hl7"), StringComparison.Ordinal);
        Assert.Contains("MSA|AA|2", await feeds.AnswerAsync("day.hl7~2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_no_UTF8_is_told_among_the_uploads_and_holds_up_no_other()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere names are characters");
        await feeds.StartAsync();
        feeds.Drop("a.hl7", ScriptedIntake.Message("a"));
        await feeds.AnswerAsync("a.hl7");
        // Two ideographs in Big5, which sort before b.
        await ShellAsync("""printf x > "$0/a$(printf '\264\372\270\325').part"; mv "$0"/a*.part "$0/a$(printf '\264\372\270\325').hl7" """);
        await Eventually.TrueAsync(() => feeds.Uploads.List("lab", 10).Any(upload => upload.Fault is not null), "the fault is said");
        var held = Assert.Single(feeds.Uploads.List("lab", 10), upload => upload.Fault is not null);
        Assert.StartsWith("a\uFFFD", held.Name, StringComparison.Ordinal);

        feeds.Drop("b.hl7", ScriptedIntake.Message("b"));
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(feeds.Folder("answers"), "b.hl7.json")), "the next is answered");
        Assert.NotNull(await feeds.Check.CheckAsync(CancellationToken.None));

        await ShellAsync("""mv "$0"/a* "$0/renamed.hl7" """);
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(feeds.Folder("answers"), "renamed.hl7.json")), "it is taken under a name that can be read");
        await Eventually.TrueAsync(() => feeds.Uploads.Get(held.Id) is null && feeds.Check.CheckAsync(CancellationToken.None).AsTask().Result is null, "nothing more is said of it");
    }

    /// <summary>Runs a line with the folder in/ as $0.</summary>
    private async Task ShellAsync(string line)
    {
        using var shell = System.Diagnostics.Process.Start("sh", ["-c", line, feeds.Folder("in")]);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
    }

    [Fact]
    public async Task A_link_is_not_followed()
    {
        await feeds.StartAsync();
        using var elsewhere = new TemporaryFolder();
        File.CreateSymbolicLink(Path.Combine(feeds.Folder("in"), "a.hl7"), elsewhere.Write("a.hl7", System.Text.Encoding.UTF8.GetBytes(ScriptedIntake.Message("1"))));

        feeds.Drop("b.hl7", ScriptedIntake.Message("2"));

        await feeds.AnswerAsync("b.hl7");
        Assert.Equal(["2"], feeds.Intake.Received);
    }
}
