using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EHealthPlus.Adapters.Mllp;

namespace EHealthPlus.Tests.Adapters.Mllp;

/// <summary>A bare socket that speaks as the test wants, and reads answers frame by frame.</summary>
public sealed class RawSender : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FrameScanner scanner = new();
    private readonly PipeReader answers;

    private RawSender(Socket socket, Stream stream)
    {
        Socket = socket;
        Stream = stream;
        answers = PipeReader.Create(stream);
    }

    public Socket Socket { get; }

    public Stream Stream { get; }

    public static async Task<RawSender> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawSender(socket, new NetworkStream(socket, ownsSocket: true));
    }

    public static byte[] Frame(string message) => Encoding.Latin1.GetBytes($"\x0b{message}\x1c\r");

    public Task SendAsync(string bytes) => SendAsync(Encoding.Latin1.GetBytes(bytes));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await Stream.WriteAsync(bytes);

    public Task SendFrameAsync(string message) => SendAsync(Frame(message));

    /// <returns>The next answer as MSA-1 and MSA-2, such as AA|17; null at the end of the connection.</returns>
    public async Task<string?> ReadAnswerAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            ReadResult read;
            try
            {
                read = await answers.ReadAsync(patience.Token);
            }
            catch (IOException)
            {
                return null;
            }

            var buffer = read.Buffer;
            var state = scanner.Scan(ref buffer, out var message);
            if (state == FrameState.Whole)
            {
                var text = Encoding.Latin1.GetString(message);
                answers.AdvanceTo(buffer.Start);
                var msa = text[(text.IndexOf("\rMSA|", StringComparison.Ordinal) + 5)..].Split('\r')[0].Split('|');
                return $"{msa[0]}|{msa[1]}";
            }

            Assert.NotEqual(FrameState.Stray, state);
            answers.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) return null;
        }
    }

    public async Task<List<string>> ReadAnswersAsync(int count)
    {
        var all = new List<string>();
        while (all.Count < count) all.Add(await ReadAnswerAsync() ?? throw new EndOfStreamException($"closed after {all.Count} of {count} answers"));
        return all;
    }

    /// <summary>Ends the connection with a reset in place of a goodbye.</summary>
    public void Reset()
    {
        Socket.LingerState = new LingerOption(true, 0);
        Socket.Close();
    }

    public void Dispose() => Stream.Dispose();
}
