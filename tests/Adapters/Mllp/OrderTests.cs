using System.Collections.Concurrent;
using EHealthPlus.Adapters.Mllp;
using EHealthPlus.Routing.Contracts.Flow;

namespace EHealthPlus.Tests.Adapters.Mllp;

/// <summary>In which order messages go in and answers come out.</summary>
public sealed class OrderTests
{
    [Fact]
    public async Task Answers_leave_in_the_order_of_messages_though_they_are_ready_in_another()
    {
        var open = new ConcurrentDictionary<string, TaskCompletionSource<IntakeAnswer>>();
        var intake = new ScriptedIntake { OnReceive = (message, _) => open.GetOrAdd(ScriptedIntake.ControlId(message), _ => new()).Task };
        await using var server = await MllpServer.StartAsync(intake);
        using var sender = await RawSender.ConnectAsync(server.Port);
        for (var n = 1; n <= 20; n++) await sender.SendFrameAsync(ScriptedIntake.Message($"{n}"));
        await Eventually.TrueAsync(() => open.Count == 20, "all messages overlap in the intake");
        Assert.Equal(Enumerable.Range(1, 20).Select(n => $"{n}"), intake.Received.Select(ScriptedIntake.ControlId));
        for (var n = 20; n >= 1; n--) open[$"{n}"].SetResult(ScriptedIntake.Original("AA", ScriptedIntake.Message($"{n}")));
        Assert.Equal(Enumerable.Range(1, 20).Select(n => $"AA|{n}"), await sender.ReadAnswersAsync(20));
    }

    [Fact]
    public async Task No_more_messages_than_the_limit_are_in_flight()
    {
        var gate = new TaskCompletionSource();
        var intake = new ScriptedIntake();
        intake.OnReceive = async (message, _) =>
        {
            await gate.Task;
            return ScriptedIntake.Original("AA", message);
        };
        await using var server = await MllpServer.StartAsync(intake, new MllpOptions { MaxInFlight = 3 });
        using var sender = await RawSender.ConnectAsync(server.Port);
        for (var n = 1; n <= 10; n++) await sender.SendFrameAsync(ScriptedIntake.Message($"{n}"));
        using var other = await RawSender.ConnectAsync(server.Port);
        await Eventually.TrueAsync(() => intake.Received.Count >= 3, "three in flight");
        await other.SendFrameAsync(ScriptedIntake.Message("other"));
        await Eventually.TrueAsync(() => intake.Received.Any(m => ScriptedIntake.ControlId(m) == "other"), "another connection goes on");
        Assert.Equal(4, intake.Received.Count);
        gate.SetResult();
        Assert.Equal(Enumerable.Range(1, 10).Select(n => $"AA|{n}"), await sender.ReadAnswersAsync(10));
    }

    [Fact]
    public async Task Application_answers_follow_accept_answers_and_hold_up_none()
    {
        var applications = new ConcurrentDictionary<string, TaskCompletionSource<ReadOnlyMemory<byte>?>>();
        var intake = new ScriptedIntake
        {
            OnReceive = (message, _) => Task.FromResult(new IntakeAnswer(
                ScriptedIntake.Acknowledgement("CA", message), applications.GetOrAdd(ScriptedIntake.ControlId(message), _ => new()).Task)),
        };
        await using var server = await MllpServer.StartAsync(intake, new MllpOptions { MaxInFlight = 4 });
        using var sender = await RawSender.ConnectAsync(server.Port);
        for (var n = 1; n <= 20; n++) await sender.SendFrameAsync(ScriptedIntake.Message($"{n}"));
        Assert.Equal(Enumerable.Range(1, 20).Select(n => $"CA|{n}"), await sender.ReadAnswersAsync(20));

        applications["7"].SetResult(ScriptedIntake.Acknowledgement("AE", ScriptedIntake.Message("7")));
        Assert.Equal("AE|7", await sender.ReadAnswerAsync());
        applications["3"].SetResult(ScriptedIntake.Acknowledgement("AA", ScriptedIntake.Message("3")));
        Assert.Equal("AA|3", await sender.ReadAnswerAsync());
        foreach (var (_, rest) in applications.Where(a => a.Key is not ("3" or "7"))) rest.SetResult(null);
        sender.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.Null(await sender.ReadAnswerAsync());
    }

    [Fact]
    public async Task An_application_answer_that_is_ready_at_once_still_comes_after_its_accept_answer()
    {
        var intake = new ScriptedIntake
        {
            OnReceive = (message, _) => Task.FromResult(new IntakeAnswer(
                ScriptedIntake.Acknowledgement("CA", message), Task.FromResult<ReadOnlyMemory<byte>?>(ScriptedIntake.Acknowledgement("AA", message)))),
        };
        await using var server = await MllpServer.StartAsync(intake);
        using var sender = await RawSender.ConnectAsync(server.Port);
        await sender.SendFrameAsync(ScriptedIntake.Message("1"));
        await sender.SendFrameAsync(ScriptedIntake.Message("2"));
        Assert.Equal(["CA|1", "AA|1", "CA|2", "AA|2"], await sender.ReadAnswersAsync(4));
    }

    [Fact]
    public async Task A_message_that_asks_for_no_answer_gets_none()
    {
        var intake = new ScriptedIntake();
        intake.OnReceive = (message, _) => Task.FromResult(
            ScriptedIntake.ControlId(message) == "quiet" ? new IntakeAnswer(null, ScriptedIntake.Nothing) : ScriptedIntake.Original("AA", message));
        await using var server = await MllpServer.StartAsync(intake);
        using var sender = await RawSender.ConnectAsync(server.Port);
        await sender.SendFrameAsync(ScriptedIntake.Message("quiet"));
        await sender.SendFrameAsync(ScriptedIntake.Message("loud"));
        Assert.Equal("AA|loud", await sender.ReadAnswerAsync());
        Assert.Equal(2, intake.Received.Count);
    }

    [Fact]
    public async Task A_failing_intake_answers_nothing_and_the_connection_is_cut()
    {
        var intake = new ScriptedIntake();
        intake.OnReceive = (message, _) => ScriptedIntake.ControlId(message) == "2"
            ? Task.FromException<IntakeAnswer>(new InvalidOperationException("scripted"))
            : Task.FromResult(ScriptedIntake.Original("AA", message));
        await using var server = await MllpServer.StartAsync(intake);
        for (var n = 0; n < 100; n++)
        {
            using var sender = await RawSender.ConnectAsync(server.Port);
            await sender.SendFrameAsync(ScriptedIntake.Message("1"));
            Assert.Equal("AA|1", await sender.ReadAnswerAsync());
            await sender.SendAsync(RawSender.Frame(ScriptedIntake.Message("2")).Concat(RawSender.Frame(ScriptedIntake.Message("3"))).ToArray());
            Assert.Null(await sender.ReadAnswerAsync());
        }

        Assert.Contains(server.Log.Entries, entry => entry.Event == 1107);
    }
}
