using System.Collections.Concurrent;
using System.Text;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Peers;

/// <summary>Answers every message in original mode, as the hub would write it.</summary>
internal sealed class AnsweringIntake : IMessageIntake
{
    private static readonly Task<ReadOnlyMemory<byte>?> Nothing = Task.FromResult<ReadOnlyMemory<byte>?>(null);

    /// <summary>MSA-1 of the answers.</summary>
    public string Code { get; init; } = "AA";

    public ConcurrentQueue<byte[]> Received { get; } = new();

    public ConcurrentQueue<Peer> Peers { get; } = new();

    public ValueTask<IntakeAnswer> ReceiveAsync(ReadOnlyMemory<byte> message, Peer peer, CancellationToken cancellationToken)
    {
        Received.Enqueue(message.ToArray());
        Peers.Enqueue(peer);
        var error = Code == "AA" ? "" : "ERR||PID^1^3^1^1|204^Unknown key identifier^HL70357|E|||The check digit does not fit\r";
        return ValueTask.FromResult(new IntakeAnswer(null, Task.FromResult<ReadOnlyMemory<byte>?>(Answer(message, Code, error))));
    }

    public ValueTask<ReadOnlyMemory<byte>?> RefuseAsync(ReadOnlyMemory<byte> bytes, Rejection rejection, Peer peer, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>?>(Answer(bytes, "AR", $"ERR|||207^Application internal error^HL70357|E|||{rejection.Detail}\r"));

    private static ReadOnlyMemory<byte> Answer(ReadOnlyMemory<byte> message, string code, string error)
    {
        var header = Encoding.UTF8.GetString(message.Span).Split('\r')[0].Split('|');
        return Encoding.UTF8.GetBytes(
            $"MSH|^~\\&|EHEALTHPLUS|HUB|{header[2]}|{header[3]}|20260301093001+0800||ACK^R01^ACK|H{header[9]}|P|2.5.1||||||UNICODE UTF-8\r"
            + $"MSA|{code}|{header[9]}\r{error}");
    }
}
