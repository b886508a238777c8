using System.Net.Sockets;
using EHealthPlus.Adapters.Mllp;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Tests.Adapters.Mllp;

/// <summary>What a sender can make the hub hold is bounded, and it feels the bound in its own socket.</summary>
public sealed class MemoryTests
{
    [Fact]
    public async Task An_intake_that_does_not_keep_up_stops_the_sender()
    {
        const int Count = 1500;
        var gate = new TaskCompletionSource();
        var intake = new ScriptedIntake();
        intake.OnReceive = async (message, _) =>
        {
            await gate.Task;
            return ScriptedIntake.Original("AA", message);
        };
        await using var server = await MllpServer.StartAsync(intake);
        using var sender = await RawSender.ConnectAsync(server.Port);
        sender.Socket.SendBufferSize = 64 * 1024;
        var sent = 0;
        var sending = Task.Run(async () =>
        {
            for (var n = 1; n <= Count; n++)
            {
                await sender.SendFrameAsync(ScriptedIntake.Message($"{n}", 32 * 1024));
                Interlocked.Increment(ref sent);
            }
        });

        var (before, quiet) = (-1, 0);
        await Eventually.TrueAsync(() => (quiet = Volatile.Read(ref sent) == before ? quiet + 1 : 0) > 50 | (before = Volatile.Read(ref sent)) < 0 && intake.Received.Count >= 64, "sending stops");
        Assert.False(sending.IsCompleted);
        Assert.InRange(sent, 64, Count - 1);
        Assert.Equal(64, intake.Received.Count);

        gate.SetResult();
        Assert.Equal(Enumerable.Range(1, Count).Select(n => $"AA|{n}"), await sender.ReadAnswersAsync(Count));
        await sending;
    }

    [Fact]
    public async Task Long_frames_wait_for_each_other_and_short_ones_pass_them()
    {
        const int Limit = 1024 * 1024;
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(intake, new MllpOptions { MaxFrameBytes = Limit, LargeMessageBytes = Limit });
        using var slow = await RawSender.ConnectAsync(server.Port);
        using var next = await RawSender.ConnectAsync(server.Port);
        using var small = await RawSender.ConnectAsync(server.Port);
        var slowFrame = RawSender.Frame(ScriptedIntake.Message("slow", Limit));
        await slow.SendAsync(slowFrame.AsMemory(..(Limit - 100)));
        await RoundTripsAsync(small);
        var sending = next.SendFrameAsync(ScriptedIntake.Message("next", Limit));
        await RoundTripsAsync(small);
        Assert.DoesNotContain(intake.Received, message => message.Length == Limit);

        await slow.SendAsync(slowFrame.AsMemory((Limit - 100)..));
        Assert.Equal("AA|slow", await slow.ReadAnswerAsync());
        await sending;
        Assert.Equal("AA|next", await next.ReadAnswerAsync());
    }

    [Fact]
    public async Task Memory_of_broken_and_refused_frames_is_given_back()
    {
        const int Limit = 256 * 1024;
        var intake = new ScriptedIntake();
        await using var server = await MllpServer.StartAsync(
            intake, new MllpOptions { MaxFrameBytes = Limit, LargeMessageBytes = Limit, SmallMessageBytes = 64 * 1024 });
        for (var n = 0; n < 5; n++)
        {
            using (var broken = await RawSender.ConnectAsync(server.Port))
            {
                await broken.SendAsync(RawSender.Frame(ScriptedIntake.Message("1", Limit)).AsMemory(..(Limit / 2)));
                broken.Socket.Shutdown(SocketShutdown.Send);
                Assert.Equal("AR|1", await broken.ReadAnswerAsync());
            }

            using (var over = await RawSender.ConnectAsync(server.Port))
            {
                await over.SendFrameAsync(ScriptedIntake.Message("2", Limit + 1));
                Assert.Equal("AR|2", await over.ReadAnswerAsync());
            }

            using var good = await RawSender.ConnectAsync(server.Port);
            await good.SendFrameAsync(ScriptedIntake.Message("3", Limit));
            await good.SendFrameAsync(ScriptedIntake.Message("4", 60 * 1024));
            Assert.Equal(["AA|3", "AA|4"], await good.ReadAnswersAsync(2));
        }
    }

    [Fact]
    public void Limits_that_could_never_let_a_message_through_are_refused_at_start() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddMllp(new MllpOptions { MaxFrameBytes = 2_000_000, LargeMessageBytes = 1_000_000 }));

    private static async Task RoundTripsAsync(RawSender sender)
    {
        for (var n = 0; n < 200; n++)
        {
            await sender.SendFrameAsync(ScriptedIntake.Message($"{n}"));
            Assert.Equal($"AA|{n}", await sender.ReadAnswerAsync());
        }
    }
}
