using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>Acknowledgements that arrive on the MLLP port of a running hub: kept, and not answered (HL7 v2.8.2 2.9.2).</summary>
public sealed class AcknowledgementLoopTest(RunningHub running) : IClassFixture<RunningHub>
{
    [Fact]
    public async Task The_hub_does_not_answer_an_acknowledgement_not_even_its_own()
    {
        await running.EnrolAsync(910);
        using var socket = await MllpSocket.OpenAsync(running.Hub.MllpPort);
        var own = await socket.AskAsync(Messages.Admit(910, "LOOP-1"));
        Assert.Equal("AA", MllpSocket.CodeOf(own));
        var before = await running.NewestDepositAsync();

        await socket.SendAsync(own);
        await socket.SendAsync(Messages.Header("ACK^A01^ACK", "LOOP-2", hospital: true, enhanced: false) + "\rMSA|AA|1A\r");
        await socket.SendAsync(Messages.Header("ACK", "LOOP-3", hospital: true, enhanced: false) + "\rMSA|AE|1A\r");
        var next = await socket.AskAsync(Messages.Admit(910, "LOOP-4"));

        // Answers keep the order of what they answer: had one of the three been answered, it would stand here.
        Assert.Equal("LOOP-4", MllpSocket.ControlIdOf(next));
        Assert.True(await running.NewestDepositAsync() >= before + 4, "an acknowledgement is not in the journal");
    }
}
