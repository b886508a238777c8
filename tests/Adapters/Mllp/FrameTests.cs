using System.Text;

namespace EHealthPlus.Tests.Adapters.Mllp;

/// <summary>How bytes on the socket become messages.</summary>
public sealed class FrameTests
{
    [Fact]
    public async Task A_message_split_at_any_byte_arrives_whole()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake);
        using var sender = await RawSender.ConnectAsync(server.Port);
        var message = ScriptedIntake.Message("17");
        var frame = RawSender.Frame(message);
        for (var split = 1; split < frame.Length; split++)
        {
            await sender.SendAsync(frame.AsMemory(..split));
            await sender.SendAsync(frame.AsMemory(split..));
            Assert.Equal("AA|17", await sender.ReadAnswerAsync());
        }

        Assert.Equal(frame.Length - 1, intake.Received.Count);
        Assert.All(intake.Received, received => Assert.Equal(message, received));
    }

    [Fact]
    public async Task Frames_that_come_together_are_taken_apart()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake);
        using var sender = await RawSender.ConnectAsync(server.Port);
        var messages = Enumerable.Range(1, 500).Select(n => ScriptedIntake.Message($"{n}")).ToList();
        await sender.SendAsync(messages.SelectMany(RawSender.Frame).ToArray());
        Assert.Equal(Enumerable.Range(1, 500).Select(n => $"AA|{n}"), await sender.ReadAnswersAsync(500));
        Assert.Equal(messages, intake.Received);
    }

    [Fact]
    public async Task White_space_between_frames_is_skipped()
    {
        await using var server = await MllpServer.StartAsync(new ScriptedIntake());
        using var sender = await RawSender.ConnectAsync(server.Port);
        foreach (var id in new[] { "1", "2" })
        {
            await sender.SendAsync("\r\n \t\r\n");
            await sender.SendFrameAsync(ScriptedIntake.Message(id));
            Assert.Equal($"AA|{id}", await sender.ReadAnswerAsync());
        }
    }

    [Fact]
    public async Task A_message_of_the_largest_size_arrives_unchanged()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake);
        using var sender = await RawSender.ConnectAsync(server.Port);
        var largest = ScriptedIntake.Message("1", 10 * 1024 * 1024);
        Assert.Equal(10 * 1024 * 1024, largest.Length);
        await sender.SendFrameAsync(largest);
        Assert.Equal("AA|1", await sender.ReadAnswerAsync());
        Assert.Equal(largest, Assert.Single(intake.Received));
    }

    [Fact]
    public async Task Bytes_reach_the_intake_as_they_were_sent()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake);
        using var sender = await RawSender.ConnectAsync(server.Port);
        var every = Encoding.Latin1.GetString(Enumerable.Range(0, 256).Select(n => (byte)n).ToArray());
        var message = $"MSH|^~\\&|||||||ORU^R01|9|P|2.5.1\r{every}";
        await sender.SendFrameAsync(message);
        Assert.Equal("AA|9", await sender.ReadAnswerAsync());
        Assert.Equal(message, Assert.Single(intake.Received));
    }
}
