using System.Net.Sockets;
using System.Text;
using EHealthPlus.Adapters.Mllp;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.Mllp;

/// <summary>What is no frame gets a clear answer, is handed on for the journal, and ends its connection.</summary>
public sealed class RefusalTests
{
    private static readonly MllpOptions Hasty = new() { FrameTimeout = TimeSpan.FromMilliseconds(300), MaxFrameBytes = 200_000 };

    [Fact]
    public async Task Half_a_frame_then_silence_is_refused()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake, Hasty);
        using var sender = await RawSender.ConnectAsync(server.Port);
        await sender.SendFrameAsync(ScriptedIntake.Message("1"));
        await sender.SendAsync("\x0b" + ScriptedIntake.Message("2")[..100]);
        Assert.Equal(["AA|1", "AR|2"], await sender.ReadAnswersAsync(2));
        Assert.Null(await sender.ReadAnswerAsync());
        var (rejection, bytes) = Assert.Single(intake.Refused);
        Assert.Equal(RejectionCode.FrameIncomplete, rejection.Code);
        Assert.Equal(ScriptedIntake.Message("2")[..100], Encoding.Latin1.GetString(bytes));
    }

    [Fact]
    public async Task An_end_block_without_carriage_return_is_no_end()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake, Hasty);
        using var sender = await RawSender.ConnectAsync(server.Port);
        await sender.SendAsync($"\x0b{ScriptedIntake.Message("1")}\x1c");
        Assert.Equal("AR|1", await sender.ReadAnswerAsync());
        Assert.Equal(RejectionCode.FrameIncomplete, Assert.Single(intake.Refused).Rejection.Code);
        Assert.Empty(intake.Received);
    }

    [Fact]
    public async Task A_sender_that_closes_in_the_middle_of_a_frame_is_told_and_recorded()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake);
        using var sender = await RawSender.ConnectAsync(server.Port);
        await sender.SendAsync("\x0b" + ScriptedIntake.Message("1"));
        sender.Socket.Shutdown(SocketShutdown.Send);
        Assert.Equal("AR|1", await sender.ReadAnswerAsync());
        Assert.Null(await sender.ReadAnswerAsync());
        Assert.Equal(RejectionCode.FrameIncomplete, Assert.Single(intake.Refused).Rejection.Code);
    }

    [Theory]
    [InlineData("\x1c\r")]
    [InlineData("")]
    public async Task A_message_without_start_block_is_answered_so_that_the_engineer_sees_why(string end)
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake);
        using var sender = await RawSender.ConnectAsync(server.Port);
        var message = ScriptedIntake.Message("5");
        await sender.SendAsync(message[..3]);
        await sender.SendAsync(message[3..] + end);
        Assert.Equal("AR|5", await sender.ReadAnswerAsync());
        Assert.Null(await sender.ReadAnswerAsync());
        Assert.Equal(RejectionCode.StartBlockMissing, Assert.Single(intake.Refused).Rejection.Code);
        Assert.Empty(intake.Received);
    }

    [Fact]
    public async Task Bytes_of_another_protocol_are_recorded_and_get_no_message()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake);
        using var sender = await RawSender.ConnectAsync(server.Port);
        await sender.SendAsync("GET / HTTP/1.1\r\nHost: hub\r\n\r\n");
        Assert.Null(await sender.ReadAnswerAsync());
        Assert.Equal(RejectionCode.StartBlockMissing, Assert.Single(intake.Refused).Rejection.Code);
    }

    [Fact]
    public async Task A_frame_over_the_limit_is_refused_after_the_answers_before_it()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake, Hasty);
        using var sender = await RawSender.ConnectAsync(server.Port);
        await sender.SendFrameAsync(ScriptedIntake.Message("1"));
        var sending = sender.SendFrameAsync(ScriptedIntake.Message("2", 5_000_000));
        Assert.Equal(["AA|1", "AR|2"], await sender.ReadAnswersAsync(2));
        Assert.Null(await sender.ReadAnswerAsync());
        await sending;
        var (rejection, bytes) = Assert.Single(intake.Refused);
        Assert.Equal(RejectionCode.FrameTooLarge, rejection.Code);
        Assert.Equal(64 * 1024, bytes.Length);
        Assert.Single(intake.Received);
    }

    [Fact]
    public async Task One_byte_over_the_limit_is_over_it()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake, Hasty with { MaxFrameBytes = 1000 });
        using var sender = await RawSender.ConnectAsync(server.Port);
        await sender.SendFrameAsync(ScriptedIntake.Message("1", 1000));
        await sender.SendFrameAsync(ScriptedIntake.Message("2", 1001));
        Assert.Equal(["AA|1", "AR|2"], await sender.ReadAnswersAsync(2));
    }

    [Fact]
    public async Task A_frame_that_never_ends_but_never_pauses_is_refused_too()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake, Hasty with { FrameTimeout = TimeSpan.FromSeconds(1), MinimumFrameRate = 1_000_000 });
        using var sender = await RawSender.ConnectAsync(server.Port);
        await sender.SendAsync("\x0b" + ScriptedIntake.Message("1"));
        using var over = new CancellationTokenSource();
        var dripping = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                await sender.SendAsync("x");
                await Task.Delay(50);
            }
        });
        Assert.Equal("AR|1", await sender.ReadAnswerAsync());
        await over.CancelAsync();
        await dripping.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task No_message_content_reaches_the_log()
    {
        await using var server = await MllpServer.StartAsync(new ScriptedIntake(), Hasty);
        using var sender = await RawSender.ConnectAsync(server.Port);
        await sender.SendAsync("\x0b" + ScriptedIntake.Message("1"));
        Assert.Equal("AR|1", await sender.ReadAnswerAsync());
        Assert.Null(await sender.ReadAnswerAsync());
        await Eventually.TrueAsync(() => server.Log.Entries.Any(entry => entry.Event == 1103), "the refusal is logged");
        Assert.DoesNotContain(server.Log.Entries, entry => entry.Text.Contains("SYNTHETIC", StringComparison.Ordinal) || entry.Text.Contains("MSH", StringComparison.Ordinal));
    }
}
