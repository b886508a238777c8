using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EHealthPlus.Adapters.Mllp.Sender;
using EHealthPlus.Routing.Contracts.Flow;

namespace EHealthPlus.Tests.Adapters.Mllp;

public sealed class MllpSenderTests
{
    [Fact]
    public async Task Each_message_gets_its_own_answer()
    {
        await using var server = await MllpServer.StartAsync(new ScriptedIntake());
        await using var sender = Sender(server.Port, window: 16);
        var answers = await Task.WhenAll(Enumerable.Range(1, 1000).Select(n => AskAsync(sender, $"{n}")));
        Assert.Equal(Enumerable.Range(1, 1000).Select(n => $"AA|{n}"), answers);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Only_the_window_is_sent_ahead(int window)
    {
        var gate = new TaskCompletionSource();
        var intake = new ScriptedIntake();
        intake.OnReceive = async (message, _) =>
        {
            await gate.Task;
            return ScriptedIntake.Original("AA", message);
        };
        await using var server = await MllpServer.StartAsync(intake);
        await using var sender = Sender(server.Port, window);
        var answers = Enumerable.Range(1, 20).Select(n => AskAsync(sender, $"{n}")).ToList();
        await Eventually.TrueAsync(() => intake.Received.Count >= window, "the window is full");
        Assert.Equal(window, intake.Received.Count);
        gate.SetResult();
        Assert.Equal(Enumerable.Range(1, 20).Select(n => $"AA|{n}"), await Task.WhenAll(answers));
        Assert.Equal(Enumerable.Range(1, 20).Select(n => $"{n}"), intake.Received.Select(ScriptedIntake.ControlId));
    }

    [Fact]
    public async Task After_a_break_what_has_no_answer_is_sent_again_in_order()
    {
        var failed = 0;
        var intake = new ScriptedIntake();
        intake.OnReceive = (message, _) => ScriptedIntake.ControlId(message) == "4" && Interlocked.Increment(ref failed) == 1
            ? Task.FromException<IntakeAnswer>(new InvalidOperationException("scripted"))
            : Task.FromResult(ScriptedIntake.Original("AA", message));
        await using var server = await MllpServer.StartAsync(intake);
        await using var sender = Sender(server.Port, window: 4, attempts: 5);
        var answers = await Task.WhenAll(Enumerable.Range(1, 30).Select(n => AskAsync(sender, $"{n}")));
        Assert.Equal(Enumerable.Range(1, 30).Select(n => $"AA|{n}"), answers);
        var firstTimeAfterBreak = intake.Received.Select(ScriptedIntake.ControlId).ToList();
        Assert.True(firstTimeAfterBreak.Count(id => id == "4") >= 2);
        var last = Enumerable.Range(1, 30).Select(n => firstTimeAfterBreak.LastIndexOf($"{n}")).ToList();
        Assert.Equal(last.Order(), last);
    }

    [Fact]
    public async Task In_enhanced_mode_the_application_answers_arrive_apart()
    {
        var intake = new ScriptedIntake
        {
            OnReceive = (message, _) => Task.FromResult(new IntakeAnswer(
                ScriptedIntake.Acknowledgement("CA", message), Task.FromResult<ReadOnlyMemory<byte>?>(ScriptedIntake.Acknowledgement("AE", message)))),
        };
        await using var server = await MllpServer.StartAsync(intake);
        var application = new ConcurrentQueue<string>();
        await using var sender = new MllpSender(
            new MllpSenderOptions { Host = "127.0.0.1", Port = server.Port, Window = 4, ApplicationAnswer = answer => application.Enqueue(Msa(answer)) },
            TimeProvider.System);
        var accepts = await Task.WhenAll(Enumerable.Range(1, 10).Select(n => AskAsync(sender, $"{n}")));
        Assert.Equal(Enumerable.Range(1, 10).Select(n => $"CA|{n}"), accepts);
        await Eventually.TrueAsync(() => application.Count == 10, "the application answers");
        Assert.Equal(Enumerable.Range(1, 10).Select(n => $"AE|{n}"), application);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_is_given_up_after_all_attempts()
    {
        var intake = new ScriptedIntake { OnReceive = (_, _) => new TaskCompletionSource<IntakeAnswer>().Task };
        await using var server = await MllpServer.StartAsync(intake);
        await using var sender = new MllpSender(
            new MllpSenderOptions { Host = "127.0.0.1", Port = server.Port, Attempts = 2, AnswerTimeout = TimeSpan.FromSeconds(2), FirstPause = TimeSpan.FromMilliseconds(1) },
            TimeProvider.System);
        var fault = await Assert.ThrowsAsync<IOException>(() => AskAsync(sender, "1"));
        Assert.Contains("no answer in time", fault.Message, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => intake.Received.Count == 2, "both attempts");
    }

    [Fact]
    public async Task Nobody_listening_is_an_IOException_that_names_the_address()
    {
        int free;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            free = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        await using var sender = Sender(free, attempts: 2);
        var fault = await Assert.ThrowsAsync<IOException>(() => AskAsync(sender, "1"));
        Assert.Contains($"127.0.0.1:{free}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_message_does_not_shift_the_answers_of_the_next()
    {
        var gate = new TaskCompletionSource();
        var intake = new ScriptedIntake();
        intake.OnReceive = async (message, _) =>
        {
            await gate.Task;
            return ScriptedIntake.Original("AA", message);
        };
        await using var server = await MllpServer.StartAsync(intake);
        await using var sender = Sender(server.Port, window: 4);
        using var enough = new CancellationTokenSource();
        var first = AskAsync(sender, "1", enough.Token);
        var second = AskAsync(sender, "2");
        await Eventually.TrueAsync(() => intake.Received.Count == 2, "both are sent");
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.Equal("AA|2", await second);
    }

    [Fact]
    public async Task Disposing_ends_what_is_open()
    {
        var intake = new ScriptedIntake { OnReceive = (_, _) => new TaskCompletionSource<IntakeAnswer>().Task };
        await using var server = await MllpServer.StartAsync(intake);
        var sender = Sender(server.Port);
        var open = AskAsync(sender, "1");
        await Eventually.TrueAsync(() => intake.Received.Count == 1, "it is sent");
        await sender.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => open);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => AskAsync(sender, "2"));
    }

    private static MllpSender Sender(int port, int window = 1, int attempts = 3) => new(
        new MllpSenderOptions { Host = "127.0.0.1", Port = port, Window = window, Attempts = attempts, FirstPause = TimeSpan.FromMilliseconds(10) }, TimeProvider.System);

    private static async Task<string> AskAsync(MllpSender sender, string controlId, CancellationToken cancellationToken = default) =>
        Msa(await sender.SendAsync(Encoding.Latin1.GetBytes(ScriptedIntake.Message(controlId)), cancellationToken));

    private static string Msa(ReadOnlyMemory<byte> answer)
    {
        var msa = Encoding.Latin1.GetString(answer.Span).Split("\rMSA|")[1].Split('\r')[0].Split('|');
        return $"{msa[0]}|{msa[1]}";
    }
}
