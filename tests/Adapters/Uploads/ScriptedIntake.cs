using System.Collections.Concurrent;
using System.Text;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.Uploads;

/// <summary>An intake that does as the test says, and remembers what it was given in the order of the calls.</summary>
internal sealed class ScriptedIntake : IMessageIntake
{
    /// <summary>What to answer; AA in original mode unless the test says otherwise.</summary>
    public Func<string, Task<IntakeAnswer>> OnReceive { get; set; } = message => Task.FromResult(Original("AA", message));

    /// <summary>Why what is no message cannot be journaled now; null where it can.</summary>
    public Func<RejectionCode?> OnRefuse { get; set; } = () => null;

    public ConcurrentQueue<string> Received { get; } = new();

    public ConcurrentQueue<Peer> Peers { get; } = new();

    public ConcurrentQueue<Rejection> Refused { get; } = new();

    public ValueTask<IntakeAnswer> ReceiveAsync(ReadOnlyMemory<byte> message, Peer peer, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetString(message.Span);
        Received.Enqueue(ControlId(text));
        Peers.Enqueue(peer);
        return new(OnReceive(text).WaitAsync(cancellationToken));
    }

    public ValueTask<ReadOnlyMemory<byte>?> RefuseAsync(ReadOnlyMemory<byte> bytes, Rejection rejection, Peer peer, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetString(bytes.Span);
        if (OnRefuse() is { } passing) return ValueTask.FromResult<ReadOnlyMemory<byte>?>(Answer("AR", text, (int)passing));
        Refused.Enqueue(rejection);
        return ValueTask.FromResult<ReadOnlyMemory<byte>?>(text.StartsWith("MSH", StringComparison.Ordinal) ? Answer("AR", text, (int)rejection.Code) : null);
    }

    public static IntakeAnswer Original(string code, string message, int rejection = 0) =>
        new(null, Task.FromResult<ReadOnlyMemory<byte>?>(Answer(code, message, rejection)));

    public static IntakeAnswer Unkept(RejectionCode code) => new(null, Task.FromResult<ReadOnlyMemory<byte>?>(null)) { Unkept = new(code, "not now") };

    public static ReadOnlyMemory<byte> Answer(string code, string message, int rejection = 0) => Encoding.UTF8.GetBytes(
        $"MSH|^~\\&|HUB|HUB|LAB|LAB|20260101||ACK|H{ControlId(message)}|P|2.5.1\rMSA|{code}|{ControlId(message)}\r{(rejection == 0 ? "" : $"ERR|||207|E|{rejection}^Name^L\r")}");

    public static string ControlId(string message) => message.Split('\r', '\n')[0].Split('|').ElementAtOrDefault(9) ?? "";

    public static string Message(string controlId) =>
        $"MSH|^~\\&|LAB|LAB|HUB|HUB|20260101||ORU^R01|{controlId}|P|2.5.1\rPID|1||A1234563^^^HKG^NI||SYNTHETIC^TESTPATIENT\r";
}
