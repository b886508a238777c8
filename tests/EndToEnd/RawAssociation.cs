using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using EHealthPlus.Tests.Adapters.DicomWeb;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>
/// A socket that speaks DICOM's upper layer (PS3.8 section 9.3) as the test wants, right or wrong. Written apart from the hub's own, to judge it.
/// </summary>
internal sealed class RawAssociation : IDisposable
{
    public const byte Accepted = 2;
    public const byte Rejected = 3;
    public const byte Aborted = 7;

    private const byte Context = 1;
    private const byte DataType = 4;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TcpClient client;
    private readonly NetworkStream stream;
    private ushort messageId;

    private RawAssociation(TcpClient client)
    {
        this.client = client;
        stream = client.GetStream();
    }

    public static async Task<RawAssociation> ConnectAsync(int port)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port);
        return new(client);
    }

    /// <summary>A-ASSOCIATE-RQ that proposes CT images in explicit VR little endian.</summary>
    public static byte[] Request(string calling)
    {
        byte[] context = [Context, 0, 0, 0, .. Item(0x30, SyntheticCt.SopClass), .. Item(0x40, CitizenCt.ExplicitLittleEndian)];
        byte[] user = [.. Item(0x51, [0, 0, 0x40, 0]), .. Item(0x52, "2.25.1")];
        return Pdu(1,
        [
            0, 1, 0, 0, .. Encoding.ASCII.GetBytes("EHEALTHPLUS".PadRight(16)), .. Encoding.ASCII.GetBytes(calling.PadRight(16)), .. new byte[32],
            .. Item(0x10, "1.2.840.10008.3.1.1.1"), .. Item(0x20, context), .. Item(0x50, user),
        ]);
    }

    /// <summary>P-DATA-TF with one value.</summary>
    /// <param name="control">1 for a command, 2 for the last fragment.</param>
    public static byte[] Data(byte control, ReadOnlySpan<byte> content)
    {
        var value = new byte[content.Length + 6];
        BinaryPrimitives.WriteInt32BigEndian(value, content.Length + 2);
        value[4] = Context;
        value[5] = control;
        content.CopyTo(value.AsSpan(6));
        return Pdu(DataType, value);
    }

    public static byte[] Abort() => Pdu(7, [0, 0, 0, 0]);

    public Task WriteAsync(ReadOnlyMemory<byte> bytes) => stream.WriteAsync(bytes).AsTask();

    /// <summary>The command of a C-STORE; its data set is the caller's.</summary>
    public Task BeginStoreAsync(string sopInstanceUid)
    {
        byte[] rest =
        [
            .. Element(0x0002, Uid(SyntheticCt.SopClass)), .. Element(0x0100, [1, 0]), .. Element(0x0110, BitConverter.GetBytes(++messageId)), .. Element(0x0700, [0, 0]),
            .. Element(0x0800, [1, 0]), .. Element(0x1000, Uid(sopInstanceUid)),
        ];
        return WriteAsync(Data(3, [.. Element(0, BitConverter.GetBytes(rest.Length)), .. rest]));
    }

    /// <summary>C-STORE of a data set, right or wrong, in PDUs that the hub takes.</summary>
    /// <returns>Status (0000,0900) and error comment (0000,0902) of the answer.</returns>
    public async Task<(ushort Status, string Comment)> StoreAsync(string sopInstanceUid, byte[] dataSet)
    {
        await BeginStoreAsync(sopInstanceUid);
        const int Fragment = 64 * 1024;
        for (var at = 0; at == 0 || at < dataSet.Length; at += Fragment)
        {
            var length = Math.Min(Fragment, dataSet.Length - at);
            await WriteAsync(Data(at + length == dataSet.Length ? (byte)2 : (byte)0, dataSet.AsSpan(at, length)));
        }

        return await ReadAnswerAsync();
    }

    public async Task<(ushort Status, string Comment)> ReadAnswerAsync()
    {
        var (type, body) = await ReadAsync();
        Assert.True(type == DataType, $"PDU {type} in place of an answer: {Convert.ToHexString(body)}");
        var (status, comment) = ((ushort)0xFFFF, "");
        for (var at = 6; at < body.Length;)
        {
            var (element, length) = (BitConverter.ToUInt16(body, at + 2), BitConverter.ToInt32(body, at + 4));
            if (element == 0x0900) status = BitConverter.ToUInt16(body, at + 8);
            if (element == 0x0902) comment = Encoding.ASCII.GetString(body, at + 8, length);
            at += 8 + length;
        }

        return (status, comment);
    }

    /// <returns>The next PDU; type 0 where the other side closed.</returns>
    public async Task<(byte Type, byte[] Body)> ReadAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var head = new byte[6];
            if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, limit.Token) < head.Length) return (0, []);
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(2))];
            await stream.ReadExactlyAsync(body, limit.Token);
            return (head[0], body);
        }
        catch (IOException)
        {
            return (0, []);
        }
    }

    /// <summary>Breaks the connection off with a reset.</summary>
    public void Reset()
    {
        client.Client.LingerState = new(true, 0);
        client.Close();
    }

    public void Dispose() => client.Dispose();

    private static byte[] Pdu(byte type, byte[] body) => [type, 0, .. Length(body.Length), .. body];

    private static byte[] Length(int length)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        return bytes;
    }

    private static byte[] Item(byte type, string uid) => Item(type, Encoding.ASCII.GetBytes(uid));

    private static byte[] Item(byte type, byte[] content) => [type, 0, (byte)(content.Length >> 8), (byte)content.Length, .. content];

    private static byte[] Uid(string uid) => Encoding.ASCII.GetBytes(uid.Length % 2 == 0 ? uid : uid + "\0");

    private static byte[] Element(ushort element, byte[] value) => [0, 0, .. BitConverter.GetBytes(element), .. BitConverter.GetBytes(value.Length), .. value];
}
