using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>
/// Invariants 1 and 2: the hub is killed (SIGKILL) at any point under load, again and again. What it acknowledged is there, and there once.
/// </summary>
public sealed class KillTest
{
    private const int Kills = 20;
    private const int Citizens = 8;
    private const int Connections = 6;

    private readonly ConcurrentDictionary<string, string> answered = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (int Number, bool Enhanced)> offered = new(StringComparer.Ordinal);
    private int numbers;

    [Fact]
    public async Task Twenty_kills_under_load_lose_nothing_and_double_nothing()
    {
        var random = new Random(625);
        await using var hub = new HubProcess();
        await hub.StartAsync();
        await EnrolAsync(hub);

        for (var kill = 0; kill < Kills; kill++)
        {
            using var stop = new CancellationTokenSource();
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var senders = Enumerable.Range(0, Connections).Select(number => SendUntilCutAsync(hub.MllpPort, number, begun, stop.Token)).ToArray();
            await begun.Task.WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None);
            await Task.Delay(random.Next(20, 700), CancellationToken.None);
            await hub.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(senders);
            await hub.StartAsync();
        }

        await EachAcknowledgedMessageIsInTheJournalOnceAsync(hub);
        await ResendUnansweredAsync(hub);
        await WaitUntilNothingIsUnfinishedAsync(hub);

        Assert.True(offered.Count > Kills * 10, $"Too little load to prove anything: {offered.Count} messages");
        Assert.All(offered.Keys, control => Assert.Equal("AA", answered[control]));
        var deposits = await DepositsByControlIdAsync(hub);
        Assert.All(offered.Keys, control => Assert.Equal("delivered", Assert.Single(deposits[control])));
        await EachReportIsInTheRecordOnceAsync(hub);
    }

    private static async Task EnrolAsync(HubProcess hub)
    {
        using var socket = await MllpSocket.OpenAsync(hub.MllpPort);
        for (var citizen = 0; citizen < Citizens; citizen++)
        {
            Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Enrol(citizen, $"ENROL{citizen}"))));
        }
    }

    /// <summary>Half of the connections speak enhanced mode: there CA is a promise too.</summary>
    private async Task SendUntilCutAsync(int port, int connection, TaskCompletionSource begun, CancellationToken stop)
    {
        var enhanced = connection % 2 == 0;
        try
        {
            using var socket = await MllpSocket.OpenAsync(port);
            while (!stop.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref numbers);
                var control = $"K{number}";
                offered[control] = (number, enhanced);
                await socket.SendAsync(MessageOf(number, control, enhanced));
                for (var answers = enhanced ? 2 : 1; answers > 0; answers--)
                {
                    if (await socket.ReadAsync() is not { } answer) return;
                    answered[MllpSocket.ControlIdOf(answer)] = MllpSocket.CodeOf(answer);
                    begun.TrySetResult();
                }
            }
        }
        catch (Exception cut) when (cut is IOException or SocketException or OperationCanceledException)
        {
            // The kill cut the connection: that is the case under test.
        }
    }

    private static string MessageOf(int number, string control, bool enhanced) =>
        Messages.Result(number % Citizens, control, $"K{number}", enhanced);

    /// <summary>Asked before anything is sent again: a message sent twice would hide that it was lost.</summary>
    private async Task EachAcknowledgedMessageIsInTheJournalOnceAsync(HubProcess hub)
    {
        var deposits = await DepositsByControlIdAsync(hub);
        Assert.Contains("CA", answered.Values);
        Assert.All(answered.Keys, control => Assert.Single(deposits[control]));
    }

    /// <summary>What a sender does after a cut: it sends again whatever has no final answer, under the same control id.</summary>
    private async Task ResendUnansweredAsync(HubProcess hub)
    {
        using var socket = await MllpSocket.OpenAsync(hub.MllpPort);
        foreach (var (control, (number, enhanced)) in offered)
        {
            if (answered.GetValueOrDefault(control) is "AA") continue;
            var answer = await socket.AskAsync(MessageOf(number, control, enhanced));
            if (MllpSocket.CodeOf(answer) == "CA") answer = await socket.ReadAsync();
            answered[control] = MllpSocket.CodeOf(answer!);
        }
    }

    private static async Task WaitUntilNothingIsUnfinishedAsync(HubProcess hub)
    {
        using var http = hub.Http("operator");
        await Wait.UntilAsync(
            async () => (await http.DepositsAsync("state=received&count=1")).Count == 0,
            TimeSpan.FromSeconds(60), () => "Deposits are left unfinished");
    }

    private static async Task<ILookup<string, string>> DepositsByControlIdAsync(HubProcess hub)
    {
        using var http = hub.Http("operator");
        var all = new List<(string Control, string State)>();
        for (string? before = null; ;)
        {
            var page = await http.DepositsAsync($"count=200{(before is null ? "" : $"&before={before}")}");
            if (page.Count == 0) return all.ToLookup(row => row.Control, row => row.State, StringComparer.Ordinal);
            all.AddRange(page.Select(row => (row!["controlId"]?.GetValue<string>() ?? "", row["state"]!.GetValue<string>())));
            before = page[^1]!["id"]!.ToString();
        }
    }

    private async Task EachReportIsInTheRecordOnceAsync(HubProcess hub)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var citizen = 0; citizen < Citizens; citizen++)
        {
            foreach (var report in await CitizenRecord.OfAsync(hub, citizen, "DiagnosticReport"))
            {
                Assert.Equal("1", report["meta"]!["versionId"]!.GetValue<string>());
                var order = report["identifier"]!.AsArray().Select(identifier => identifier!["value"]!.GetValue<string>()).First(value => value.StartsWith("FK", StringComparison.Ordinal));
                found[order] = found.GetValueOrDefault(order) + 1;
            }
        }

        Assert.Equal(offered.Values.Select(message => $"FK{message.Number}").Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        Assert.All(found, report => Assert.Equal(1, report.Value));
    }
}
