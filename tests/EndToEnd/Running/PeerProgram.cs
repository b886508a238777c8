using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;

namespace EHealthPlus.Tests.EndToEnd.Running;

/// <summary>A program of somebody else: run to its end, or beside the test until it is disposed.</summary>
internal sealed class PeerProgram : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly List<string> lines = [];
    private readonly Channel<string> answers = Channel.CreateUnbounded<string>();

    private PeerProgram(Process process) => this.process = process;

    /// <summary>What it wrote until now, to both outputs.</summary>
    public string Output
    {
        get
        {
            lock (lines) return string.Join('\n', lines);
        }
    }

    public bool Ended => process.HasExited;

    /// <exception cref="System.ComponentModel.Win32Exception">It is not installed.</exception>
    public static PeerProgram Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        var process = new Process { StartInfo = start };
        var peer = new PeerProgram(process);
        process.OutputDataReceived += (_, line) =>
        {
            peer.Keep(line.Data);
            if (line.Data is null) peer.answers.Writer.Complete(new InvalidOperationException($"{program} ended"));
            else peer.answers.Writer.TryWrite(line.Data);
        };
        process.ErrorDataReceived += (_, line) => peer.Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return peer;
    }

    /// <summary>Starts a server, and returns when it accepts connections on this port of loopback.</summary>
    public static async Task<PeerProgram> ServeAsync(int port, string program, params string[] arguments)
    {
        var peer = Start(program, arguments);
        try
        {
            await Wait.UntilAsync(() => ListensAsync(port), TimeSpan.FromSeconds(20), () => $"{program} does not listen:\n{peer.Output}");
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    public static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        await using var peer = Start(program, arguments);
        return (await peer.EndAsync(), peer.Output);
    }

    /// <summary>Writes a line to its input.</summary>
    /// <returns>The next line of its output that nobody has taken.</returns>
    public async Task<string> AskAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        return await answers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit);
    }

    /// <returns>Its exit code, when all that it wrote is here.</returns>
    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);
        return process.ExitCode;
    }

    /// <summary>Whether somebody accepts connections there.</summary>
    private static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (lines) lines.Add(line);
    }
}
