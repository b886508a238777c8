using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.UpperLayer;

namespace EHealthPlus.Tests.Adapters.Dimse;

/// <summary>A bare socket that speaks the upper layer as the test wants, right or wrong.</summary>
public sealed class RawPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Socket socket;

    private RawPeer(Socket socket, Stream stream)
    {
        this.socket = socket;
        Stream = stream;
    }

    public Stream Stream { get; }

    public static async Task<RawPeer> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawPeer(socket, new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>Opens an association with context 1 for CT images, 3 for C-ECHO.</summary>
    public static async Task<RawPeer> AssociateAsync(int port, string calling = "TESTSCU", OperationsWindowOf? window = null)
    {
        var peer = await ConnectAsync(port);
        await peer.SendAsync(Request(calling, window: window));
        Assert.Equal(2, (await peer.ReadAsync())!.Value.Type);
        return peer;
    }

    public static byte[] Request(string calling = "TESTSCU", string called = "EHEALTHPLUS", ushort version = 1, string application = "1.2.840.10008.3.1.1.1", uint maxPdu = 16384, OperationsWindowOf? window = null)
    {
        ProposedContext[] contexts =
        [
            new(1, TestInstance.CtImageStorage, [TransferSyntax.ExplicitLittleEndian]), new(3, SopClass.Verification, [TransferSyntax.ImplicitLittleEndian]),
        ];
        return AssociateWriting.Request(new(version, called, calling, application, contexts,
            Implementation.Information(maxPdu) with { Window = window is null ? null : new(window.Invoked, 1) }));
    }

    /// <summary>One P-DATA-TF with one value.</summary>
    public static byte[] Data(byte context, byte control, ReadOnlySpan<byte> content)
    {
        var pdu = new byte[12 + content.Length];
        pdu[0] = 4;
        BinaryPrimitives.WriteUInt32BigEndian(pdu.AsSpan(2), (uint)(content.Length + 6));
        BinaryPrimitives.WriteUInt32BigEndian(pdu.AsSpan(6), (uint)(content.Length + 2));
        pdu[10] = context;
        pdu[11] = control;
        content.CopyTo(pdu.AsSpan(12));
        return pdu;
    }

    public static byte[] StoreCommand(string sopInstanceUid, ushort messageId = 1, string sopClass = TestInstance.CtImageStorage)
    {
        return Command(1, new() { Field = CommandField.StoreRequest, MessageId = messageId, Priority = 0, HasDataSet = true, AffectedSopClassUid = sopClass, AffectedSopInstanceUid = sopInstanceUid });
    }

    public static byte[] EchoCommand()
    {
        return Command(3, new() { Field = CommandField.EchoRequest, MessageId = 9, AffectedSopClassUid = SopClass.Verification });
    }

    /// <summary>A whole command in one P-DATA-TF.</summary>
    internal static byte[] Command(byte context, CommandSet command)
    {
        var bytes = new byte[CommandWriting.MaxLength];
        var length = CommandWriting.Write(command, bytes);
        return Data(context, 3, bytes.AsSpan(0, length));
    }

    public async Task SendAsync(params byte[][] pdus)
    {
        foreach (var pdu in pdus) await Stream.WriteAsync(pdu);
    }

    /// <returns>The next PDU; null at the end of the connection.</returns>
    public async Task<(byte Type, byte[] Body)?> ReadAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var header = new byte[6];
            if (await Stream.ReadAtLeastAsync(header, 6, throwOnEndOfStream: false, limit.Token) < 6) return null;
            var body = new byte[BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(2))];
            await Stream.ReadExactlyAsync(body, limit.Token);
            return (header[0], body);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The status of the next answer.</summary>
    public async Task<(ushort Status, string? Comment, ushort MessageId)> ReadAnswerAsync()
    {
        var pdu = await ReadAsync() ?? throw new EndOfStreamException("no answer");
        Assert.Equal(4, pdu.Type);
        var answer = CommandReading.Read(pdu.Body.AsSpan(6), null).Value;
        Assert.True(answer.IsAnswer);
        return (answer.Status!.Value, answer.ErrorComment, answer.MessageId);
    }

    /// <summary>Breaks the connection off with a reset.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void Dispose() => Stream.Dispose();
}

/// <summary>A proposed asynchronous operations window.</summary>
public sealed record OperationsWindowOf(ushort Invoked);
