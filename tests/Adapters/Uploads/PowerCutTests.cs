using System.Net;
using System.Text;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Flow;

namespace EHealthPlus.Tests.Adapters.Uploads;

/// <summary>What was said to be kept is there after the power was cut.</summary>
public sealed class PowerCutTests : IAsyncDisposable
{
    private readonly CuttableDisk? disk = CuttableDisk.TryMake();
    private readonly FeedsUnderTest feeds;

    public PowerCutTests() => feeds = new(disk?.Root);

    public async ValueTask DisposeAsync()
    {
        await feeds.DisposeAsync();
        disk?.Dispose();
    }

    [Fact]
    public async Task A_file_answered_with_202_is_there_and_goes_on()
    {
        Assert.SkipWhen(disk is null, "Needs root and a loop device");
        feeds.Intake.OnReceive = _ => new TaskCompletionSource<IntakeAnswer>().Task;
        await feeds.StartAsync();
        using (var http = feeds.Client("Source:lab"))
        using (var body = new ByteArrayContent(Encoding.UTF8.GetBytes(ScriptedIntake.Message("1"))))
        {
            body.Headers.ContentType = new("application/hl7-v2");
            using var taken = await http.PostAsync("/uploads?name=night.hl7", body);
            Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        }

        await CutAsync(disk);
        feeds.Intake.OnReceive = message => Task.FromResult(ScriptedIntake.Original("AA", message));
        await feeds.StartAsync();

        Assert.Contains("MSA|AA|1", await feeds.AnswerAsync("night.hl7"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_out_of_the_folder_is_there_while_it_is_worked_on()
    {
        Assert.SkipWhen(disk is null, "Needs root and a loop device");
        var offered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        feeds.Intake.OnReceive = _ =>
        {
            offered.TrySetResult();
            return new TaskCompletionSource<IntakeAnswer>().Task;
        };
        await feeds.StartAsync();
        feeds.Drop("night.hl7", ScriptedIntake.Message("1"));
        await offered.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await CutAsync(disk);

        // Once, and not half.
        Assert.Empty(Directory.EnumerateFiles(feeds.Folder("in")));
        var content = Assert.Single(Directory.EnumerateFiles(feeds.Folder("working"), "content", SearchOption.AllDirectories));
        Assert.Equal(ScriptedIntake.Message("1"), await File.ReadAllTextAsync(content));
    }

    [Fact]
    public async Task A_file_that_was_answered_stays_answered()
    {
        Assert.SkipWhen(disk is null, "Needs root and a loop device");
        await feeds.StartAsync();
        feeds.Drop("night.hl7", ScriptedIntake.Message("1"));
        var answer = await feeds.AnswerAsync("night.hl7");

        await CutAsync(disk);

        Assert.Equal(answer, await File.ReadAllTextAsync(Path.Combine(feeds.Folder("answers"), "night.hl7.ack")));
        Assert.Equal(ScriptedIntake.Message("1"), await File.ReadAllTextAsync(Path.Combine(feeds.Folder("done"), "night.hl7")));
        Assert.Contains("1 accepted", await File.ReadAllTextAsync(Path.Combine(feeds.Folder("answers"), "night.hl7.txt")), StringComparison.Ordinal);
        using var record = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(feeds.Folder("answers"), "night.hl7.json")));
        Assert.Equal(1, record.RootElement.GetProperty("Accepted").GetInt32());
        Assert.Empty(Directory.EnumerateFiles(feeds.Folder("in")));
    }

    private async Task CutAsync(CuttableDisk power)
    {
        power.Cut();
        await feeds.StopAsync();
        await power.PowerOnAsync();
    }
}
