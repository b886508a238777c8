using System.Net.Sockets;
using System.Text;

namespace EHealthPlus.Tests.EndToEnd.Running;

/// <summary>A plain socket that speaks MLLP, and can be told to misbehave. Written apart from the hub's own sender, to judge it.</summary>
internal sealed class MllpSocket : IDisposable
{
    private readonly TcpClient client;
    private readonly NetworkStream stream;
    private readonly List<byte> received = [];

    private MllpSocket(TcpClient client)
    {
        this.client = client;
        stream = client.GetStream();
    }

    public static async Task<MllpSocket> OpenAsync(int port)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port);
        return new(client);
    }

    public Task WriteAsync(byte[] bytes) => stream.WriteAsync(bytes).AsTask();

    public Task SendAsync(string message) => SendAsync(Encoding.UTF8.GetBytes(message));

    public Task SendAsync(byte[] message) => WriteAsync([0x0B, .. message, 0x1C, 0x0D]);

    /// <returns>The next message without its frame; null where the other side closed.</returns>
    public async Task<string?> ReadAsync(TimeSpan? limit = null)
    {
        using var timeOut = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(30));
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var end = received.IndexOf(0x1C);
            if (end >= 0 && received.Count > end + 1)
            {
                var message = Encoding.UTF8.GetString(received.GetRange(1, end - 1).ToArray());
                received.RemoveRange(0, end + 2);
                return message;
            }

            int read;
            try
            {
                read = await stream.ReadAsync(buffer, timeOut.Token);
            }
            catch (IOException)
            {
                return null;
            }

            if (read == 0) return null;
            received.AddRange(buffer.AsSpan(0, read));
        }
    }

    public async Task<string> AskAsync(string message)
    {
        await SendAsync(message);
        return await ReadAsync() ?? throw new InvalidOperationException("The hub closed the connection in place of an answer");
    }

    public void Dispose() => client.Dispose();

    /// <summary>MSA-1 of an acknowledgement.</summary>
    public static string CodeOf(string acknowledgement) => FieldOf(acknowledgement, "MSA", 1);

    /// <summary>MSA-2 of an acknowledgement.</summary>
    public static string ControlIdOf(string acknowledgement) => FieldOf(acknowledgement, "MSA", 2);

    public static string FieldOf(string message, string segment, int field) =>
        message.Split('\r').First(line => line.StartsWith(segment, StringComparison.Ordinal)).Split('|').ElementAtOrDefault(field) ?? "";
}
