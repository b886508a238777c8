using System.Collections.Concurrent;
using System.Text;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.Mllp;

/// <summary>An intake that does as the test says, and remembers what it was given in the order of the calls.</summary>
public sealed class ScriptedIntake : IMessageIntake
{
    public static readonly Task<ReadOnlyMemory<byte>?> Nothing = Task.FromResult<ReadOnlyMemory<byte>?>(null);

    /// <summary>What to answer; original mode with AA at once unless the test says otherwise.</summary>
    public Func<string, Peer, Task<IntakeAnswer>> OnReceive { get; set; } = (message, _) => Task.FromResult(Original("AA", message));

    public ConcurrentQueue<string> Received { get; } = new();

    public ConcurrentQueue<Peer> Peers { get; } = new();

    public ConcurrentQueue<(Rejection Rejection, byte[] Bytes)> Refused { get; } = new();

    public ValueTask<IntakeAnswer> ReceiveAsync(ReadOnlyMemory<byte> message, Peer peer, CancellationToken cancellationToken)
    {
        var text = Encoding.Latin1.GetString(message.Span);
        Received.Enqueue(text);
        Peers.Enqueue(peer);
        return new ValueTask<IntakeAnswer>(OnReceive(text, peer).WaitAsync(cancellationToken));
    }

    public ValueTask<ReadOnlyMemory<byte>?> RefuseAsync(ReadOnlyMemory<byte> bytes, Rejection rejection, Peer peer, CancellationToken cancellationToken)
    {
        Refused.Enqueue((rejection, bytes.ToArray()));
        return ValueTask.FromResult<ReadOnlyMemory<byte>?>(Acknowledgement("AR", Encoding.Latin1.GetString(bytes.Span)));
    }

    public static IntakeAnswer Original(string code, string message) => new(null, Task.FromResult<ReadOnlyMemory<byte>?>(Acknowledgement(code, message)));

    public static ReadOnlyMemory<byte> Acknowledgement(string code, string message) =>
        Encoding.Latin1.GetBytes($"MSH|^~\\&|HUB|HUB|LAB|LAB|20260101||ACK|H{ControlId(message)}|P|2.5.1\rMSA|{code}|{ControlId(message)}\r");

    public static string ControlId(string message) => message.Split('\r')[0].Split('|').ElementAtOrDefault(9) ?? "";

    /// <summary>A result message of about 1.4 KB, or of the length asked for.</summary>
    public static string Message(string controlId, int length = 0)
    {
        var text = $"MSH|^~\\&|LAB|LAB|HUB|HUB|20260101||ORU^R01|{controlId}|P|2.5.1\rPID|1||A1234563^^^HKG^NI||SYNTHETIC^TESTPATIENT\rNTE|1||";
        return text + new string('x', Math.Max(length - text.Length - 1, 10)) + "\r";
    }
}
