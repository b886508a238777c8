using EHealthPlus.Routing.Contracts.Flow;

namespace EHealthPlus.Tests.Adapters.Uploads;

/// <summary>The record of a file in work is no record any more: the hub starts all the same.</summary>
public sealed class UnreadableRecordTests : IAsyncDisposable
{
    private readonly FeedsUnderTest feeds = new();

    public ValueTask DisposeAsync() => feeds.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    [InlineData("null")]
    [InlineData("{\"Id\":\"x\"}")]
    public async Task The_record_is_set_aside_and_the_file_begun_anew(string record)
    {
        var folder = await InWorkAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "progress.json"), record, TestContext.Current.CancellationToken);
        feeds.Intake.OnReceive = message => Task.FromResult(ScriptedIntake.Original("AA", message));

        await feeds.StartAsync();

        var id = Path.GetFileName(folder);
        Assert.Contains("MSA|AA|1", await feeds.AnswerAsync(id), StringComparison.Ordinal);
        Assert.Equal(ScriptedIntake.Message("1"), await File.ReadAllTextAsync(Path.Combine(feeds.Folder("done"), id), TestContext.Current.CancellationToken));
        Assert.True(feeds.Uploads.Get(id)!.Finished);
    }

    [Fact]
    public async Task Where_the_file_is_gone_the_record_is_kept_and_others_go_on()
    {
        var folder = await InWorkAsync();
        File.Delete(Path.Combine(folder, "content"));
        await File.WriteAllTextAsync(Path.Combine(folder, "progress.json"), "no record", TestContext.Current.CancellationToken);
        feeds.Intake.OnReceive = message => Task.FromResult(ScriptedIntake.Original("AA", message));

        // Twice: what was set aside stays.
        for (var start = 1; start <= 2; start++)
        {
            await feeds.StartAsync();
            feeds.Drop($"next{start}.hl7", ScriptedIntake.Message($"n{start}"));
            var record = Path.Combine(feeds.Folder("answers"), $"next{start}.hl7.json");
            await Eventually.TrueAsync(() => File.Exists(record), "the next file is answered");
            await feeds.StopAsync();
            Assert.Equal("no record", await File.ReadAllTextAsync(Path.Combine(folder, "progress.json.unreadable"), TestContext.Current.CancellationToken));
            Assert.False(File.Exists(Path.Combine(folder, "progress.json")));
        }
    }

    /// <returns>The folder of a file that the hub was stopped over.</returns>
    private async Task<string> InWorkAsync()
    {
        var offered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        feeds.Intake.OnReceive = _ =>
        {
            offered.TrySetResult();
            return new TaskCompletionSource<IntakeAnswer>().Task;
        };
        await feeds.StartAsync();
        feeds.Drop("night.hl7", ScriptedIntake.Message("1"));
        await offered.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await feeds.StopAsync();
        return Assert.Single(Directory.GetDirectories(feeds.Folder("working")));
    }
}
