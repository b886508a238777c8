using System.Text;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.Peers;

/// <summary>The senders against the hub itself, in its own process: their answers are the hub's.</summary>
public sealed class HubPeerTests(RunningHub running) : IClassFixture<RunningHub>
{
    public static TheoryData<PeerSender> Peers() => [PeerSender.NodeHl7Client, PeerSender.PythonHl7];

    [Theory]
    [MemberData(nameof(Peers), DisableDiscoveryEnumeration = true)]
    public async Task What_a_peer_is_told_AA_for_is_in_the_record_and_what_it_is_told_AE_for_is_not(PeerSender peer)
    {
        var citizen = peer == PeerSender.NodeHl7Client ? 31 : 32;
        string[] messages =
        [
            Messages.Enrol(citizen, $"PEER{citizen}A"),
            Messages.Result(citizen, $"PEER{citizen}B", $"PEER{citizen}", enhanced: false),
            Messages.Admit(citizen, $"PEER{citizen}C", Messages.Pid(citizen, "A1234564")),
        ];

        var (answers, complaint) = await peer.SendAsync("127.0.0.1", running.Hub.MllpPort, messages.Select(Encoding.UTF8.GetBytes));

        Assert.True(answers.Count == 3, complaint);
        Assert.Equal(["AA", "AA", "AE"], answers.Select(answer => answer.Code));
        Assert.Equal([$"PEER{citizen}A", $"PEER{citizen}B", $"PEER{citizen}C"], answers.Select(answer => answer.ControlId));
        Assert.Contains("402", answers[2].Text, StringComparison.Ordinal);
        Assert.Single(await CitizenRecord.OfAsync(running.Hub, citizen, "DiagnosticReport"));
        Assert.Empty(await CitizenRecord.OfAsync(running.Hub, citizen, "Encounter"));
    }
}
