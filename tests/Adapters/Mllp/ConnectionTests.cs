using System.Net.Sockets;
using EHealthPlus.Adapters.Mllp;
using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Tests.Adapters.Mllp;

/// <summary>Many, silent, broken and slow connections, and the end of the hub.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task A_thousand_silent_connections_do_not_hold_up_one_that_works()
    {
        await using var server = await MllpServer.StartAsync(new ScriptedIntake());
        var silent = new List<RawSender>();
        try
        {
            for (var n = 0; n < 1000; n++) silent.Add(await RawSender.ConnectAsync(server.Port));
            using var sender = await RawSender.ConnectAsync(server.Port);
            for (var n = 1; n <= 100; n++)
            {
                await sender.SendFrameAsync(ScriptedIntake.Message($"{n}"));
                Assert.Equal($"AA|{n}", await sender.ReadAnswerAsync());
            }

            await silent[500].SendFrameAsync(ScriptedIntake.Message("awake"));
            Assert.Equal("AA|awake", await silent[500].ReadAnswerAsync());
        }
        finally
        {
            silent.ForEach(connection => connection.Dispose());
        }
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_and_its_place_is_free_again_later()
    {
        await using var server = await MllpServer.StartAsync(new ScriptedIntake(), new MllpOptions { MaxConnections = 2 });
        using var first = await RawSender.ConnectAsync(server.Port);
        using var second = await RawSender.ConnectAsync(server.Port);
        foreach (var open in new[] { first, second })
        {
            await open.SendFrameAsync(ScriptedIntake.Message("1"));
            Assert.Equal("AA|1", await open.ReadAnswerAsync());
        }

        for (var n = 0; n < 3; n++)
        {
            using var third = await RawSender.ConnectAsync(server.Port);
            Assert.Null(await third.ReadAnswerAsync());
        }

        Assert.Single(server.Log.Entries, entry => entry.Event == 1104);
        first.Dispose();
        string? answer = null;
        await Eventually.TrueAsync(() => (answer = AskAsync(server.Port).GetAwaiter().GetResult()) is not null, "a place is free");
        Assert.Equal("AA|again", answer);
    }

    [Fact]
    public async Task A_silent_connection_is_closed_after_the_idle_time_and_a_waiting_one_is_not()
    {
        var gate = new TaskCompletionSource();
        var intake = new ScriptedIntake();
        intake.OnReceive = async (message, _) =>
        {
            await gate.Task;
            return ScriptedIntake.Original("AA", message);
        };
        await using var server = await MllpServer.StartAsync(intake, new MllpOptions { IdleTimeout = TimeSpan.FromSeconds(5) });
        using var waiting = await RawSender.ConnectAsync(server.Port);
        await waiting.SendFrameAsync(ScriptedIntake.Message("1"));
        await Eventually.TrueAsync(() => intake.Received.Count == 1, "the message is in work");
        using var silent = await RawSender.ConnectAsync(server.Port);
        Assert.Null(await silent.ReadAnswerAsync());
        gate.SetResult();
        Assert.Equal("AA|1", await waiting.ReadAnswerAsync());
        await waiting.SendFrameAsync(ScriptedIntake.Message("2"));
        Assert.Equal("AA|2", await waiting.ReadAnswerAsync());
        Assert.Null(await waiting.ReadAnswerAsync());
        Assert.Empty(intake.Refused);
    }

    [Fact]
    public async Task After_a_frame_in_parts_the_idle_time_counts_again()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake, new MllpOptions { IdleTimeout = TimeSpan.FromSeconds(3) });
        using var sender = await RawSender.ConnectAsync(server.Port);
        var frame = RawSender.Frame(ScriptedIntake.Message("1"));
        await sender.SendAsync(frame.AsMemory(..50));
        Assert.Equal("AA|again", await AskAsync(server.Port));
        await sender.SendAsync(frame.AsMemory(50..));
        Assert.Equal("AA|1", await sender.ReadAnswerAsync());
        Assert.Null(await sender.ReadAnswerAsync());
        Assert.Empty(intake.Refused);
    }

    [Fact]
    public async Task Resets_are_everyday_business()
    {
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake);
        for (var n = 0; n < 50; n++)
        {
            using var sender = await RawSender.ConnectAsync(server.Port);
            if (n % 3 == 0) await sender.SendFrameAsync(ScriptedIntake.Message("1"));
            if (n % 3 == 1) await sender.SendAsync("\x0b" + "MSH|half");
            sender.Reset();
        }

        Assert.Equal("AA|again", await AskAsync(server.Port));
        await Eventually.TrueAsync(() => !intake.Received.IsEmpty, "some were read before their reset");
        AssertNoWarning(server);
    }

    [Fact]
    public async Task A_message_whose_sender_is_gone_is_taken_in_all_the_same()
    {
        var gate = new TaskCompletionSource();
        var done = 0;
        var intake = new ScriptedIntake();
        intake.OnReceive = async (message, _) =>
        {
            await gate.Task;
            Interlocked.Increment(ref done);
            return ScriptedIntake.Original("AA", message);
        };
        await using var server = await MllpServer.StartAsync(intake);
        var sender = await RawSender.ConnectAsync(server.Port);
        await sender.SendFrameAsync(ScriptedIntake.Message("1"));
        await Eventually.TrueAsync(() => intake.Received.Count == 1, "the message is in work");
        sender.Reset();
        gate.SetResult();
        await Eventually.TrueAsync(() => Volatile.Read(ref done) == 1, "the intake is not cancelled");
        AssertNoWarning(server);
    }

    [Fact]
    public async Task A_sender_that_does_not_read_its_answers_is_cut()
    {
        var bulk = new ReadOnlyMemory<byte>(new byte[1024 * 1024]);
        var intake = new ScriptedIntake { OnReceive = (_, _) => Task.FromResult(new IntakeAnswer(bulk, ScriptedIntake.Nothing)) };
        await using var server = await MllpServer.StartAsync(intake, new MllpOptions { SendTimeout = TimeSpan.FromMilliseconds(200) });
        using var sender = await RawSender.ConnectAsync(server.Port);
        try
        {
            for (var n = 0; n < 64; n++) await sender.SendFrameAsync(ScriptedIntake.Message($"{n}"));
        }
        catch (IOException)
        {
            // Cut before the last of them.
        }

        await Eventually.TrueAsync(() => server.Log.Entries.Any(entry => entry.Event == 1105), "the connection is cut");
        Assert.Equal("AA|again", await AskAsync(server.Port, intake));
    }

    [Fact]
    public async Task Answers_in_flight_are_sent_before_the_hub_ends()
    {
        var gate = new TaskCompletionSource();
        var intake = new ScriptedIntake();
        intake.OnReceive = async (message, _) =>
        {
            await gate.Task;
            return ScriptedIntake.Original("AA", message);
        };
        await using var server = await MllpServer.StartAsync(intake);
        using var sender = await RawSender.ConnectAsync(server.Port);
        for (var n = 1; n <= 5; n++) await sender.SendFrameAsync(ScriptedIntake.Message($"{n}"));
        await Eventually.TrueAsync(() => intake.Received.Count == 5, "all in flight");
        var stopping = server.StopAsync();
        await Eventually.TrueAsync(() => !CanConnect(server.Port), "no new connections");
        Assert.False(stopping.IsCompleted);
        gate.SetResult();
        Assert.Equal(["AA|1", "AA|2", "AA|3", "AA|4", "AA|5"], await sender.ReadAnswersAsync(5));
        Assert.Null(await sender.ReadAnswerAsync());
        await stopping;
        AssertNoWarning(server);
    }

    [Fact]
    public async Task An_answer_that_never_comes_does_not_keep_the_hub_from_ending()
    {
        var intake = new ScriptedIntake { OnReceive = (_, _) => new TaskCompletionSource<IntakeAnswer>().Task };
        await using var server = await MllpServer.StartAsync(intake, new MllpOptions { DrainTimeout = TimeSpan.FromMilliseconds(200) });
        using var sender = await RawSender.ConnectAsync(server.Port);
        await sender.SendFrameAsync(ScriptedIntake.Message("1"));
        await Eventually.TrueAsync(() => intake.Received.Count == 1, "the message is in work");
        await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Null(await sender.ReadAnswerAsync());
        Assert.Contains(server.Log.Entries, entry => entry.Event == 1106);
        Assert.DoesNotContain(server.Log.Entries, entry => entry.Level >= LogLevel.Error);
    }

    /// <summary>None of the hub's own: the web server warns of a heartbeat that a busy machine held up.</summary>
    private static void AssertNoWarning(MllpServer server) => Assert.DoesNotContain(server.Log.Entries, entry => entry.Level >= LogLevel.Warning && entry.Event is > 1100 and < 1200);

    private static async Task<string?> AskAsync(int port, ScriptedIntake? intake = null)
    {
        if (intake is not null) intake.OnReceive = (message, _) => Task.FromResult(ScriptedIntake.Original("AA", message));
        using var sender = await RawSender.ConnectAsync(port);
        try
        {
            await sender.SendFrameAsync(ScriptedIntake.Message("again"));
        }
        catch (IOException)
        {
            return null;
        }

        return await sender.ReadAnswerAsync();
    }

    private static bool CanConnect(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
