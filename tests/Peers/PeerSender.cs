using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EHealthPlus.Tests.Peers;

/// <summary>An answer as the peer understood it.</summary>
/// <param name="Code">MSA-1.</param>
/// <param name="ControlId">MSA-2.</param>
/// <param name="Text">The whole answer, without frame.</param>
public sealed record PeerAnswer(string Code, string ControlId, string Text);

/// <summary>
/// A sender that this project did not write, run as a process against any host and port. Where the peer is not installed the test fails and
/// says what to install: it is never skipped.
/// </summary>
/// <param name="Missing">How to get the peer.</param>
public sealed record PeerSender(string Name, string Program, IReadOnlyList<string> Check, string Script, string Missing)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static readonly PeerSender NodeHl7Client = new(
        "node-hl7-client", "node", ["--input-type=module", "-e", "await import('node-hl7-client')"], "node-hl7-sender.mjs",
        "Install Node.js 20.15 or later and run `npm ci` in tests/Peers.");

    public static readonly PeerSender PythonHl7 = new(
        "python3-hl7", "/usr/bin/python3", ["-c", "import hl7.client"], "python_hl7_sender.py", "Run `apt-get install python3-hl7`.");

    /// <summary>The folder of the scripts, in the repository.</summary>
    private static string Folder { get; } = FindFolder();

    /// <summary>Sends each message and waits for its answer, over one connection.</summary>
    /// <param name="messages">Bytes without frame.</param>
    /// <param name="environment">See the script.</param>
    /// <param name="seconds">How long the peer waits for an answer; the Node client tries a refused connection again and again until then.</param>
    /// <returns>The answers, and what the peer said where it gave up.</returns>
    public async Task<(IReadOnlyList<PeerAnswer> Answers, string Complaint)> SendAsync(
        string host, int port, IEnumerable<byte[]> messages, IReadOnlyDictionary<string, string>? environment = null, int seconds = 30)
    {
        await CheckAsync();
        using var folder = new TemporaryFolder();
        List<string> files = [];
        foreach (var message in messages)
        {
            files.Add(Path.Combine(folder.Path, string.Create(CultureInfo.InvariantCulture, $"{files.Count}.hl7")));
            await File.WriteAllBytesAsync(files[^1], message);
        }

        string[] arguments = [Script, host, port.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture), .. files];
        var (_, output, complaint) = await RunAsync(arguments, environment);
        var answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<PeerAnswer>(line, JsonSerializerOptions.Web)!).ToList();
        return (answers, complaint);
    }

    public override string ToString() => Name;

    private async Task CheckAsync()
    {
        try
        {
            var (code, _, complaint) = await RunAsync(Check, null);
            Assert.True(code == 0, $"The peer {Name} is missing. {Missing} It said: {complaint}");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Assert.Fail($"The peer {Name} is missing. {Missing} ({missing.Message})");
        }
    }

    private async Task<(int Code, string Output, string Complaint)> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(Program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var complaint = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await complaint);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "eHealthPlus.sln"))) folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("The tests run outside the repository."), "tests", "Peers");
    }
}
