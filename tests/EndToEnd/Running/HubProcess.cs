using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace EHealthPlus.Tests.EndToEnd.Running;

/// <summary>The hub as its operator runs it: its own process, a data directory, free ports on loopback.</summary>
public sealed class HubProcess : IAsyncDisposable
{
    // Its output comes on threads of the pool, also while it is being forgotten.
    private readonly Lock writing = new();
    private Process? process;
    private StreamWriter? log;

    public HubProcess(string? dataDirectory = null, IReadOnlyDictionary<string, string>? extra = null)
    {
        DataDirectory = dataDirectory ?? Directory.CreateTempSubdirectory("ehealthplus-e2e-").FullName;
        HttpPort = FreePort.Next();
        MllpPort = FreePort.Next();
        DicomPort = FreePort.Next();
        Settings = new(StringComparer.Ordinal)
        {
            ["Hub__DataDirectory"] = DataDirectory,
            ["Hub__Http"] = $"127.0.0.1:{HttpPort}",
            ["Hub__Mllp"] = $"127.0.0.1:{MllpPort}",
            ["Hub__Dicom"] = $"127.0.0.1:{DicomPort}",
        };
        foreach (var (name, value) in extra ?? new Dictionary<string, string>()) Settings[name] = value;
    }

    public string DataDirectory { get; }

    /// <summary>Its environment beside that of the tests; read at each start.</summary>
    public Dictionary<string, string> Settings { get; }

    /// <summary>The permissions of files hold for it, also where the tests run as root.</summary>
    public bool HeldByPermissions { get; init; }

    public int HttpPort { get; }

    public int MllpPort { get; }

    public int DicomPort { get; }

    public Process Process => process ?? throw new InvalidOperationException("The hub is not running");

    /// <summary>True where its HTTP port speaks TLS with a certificate of its own authority.</summary>
    public bool Secure => Settings.GetValueOrDefault("Hub__HttpTls__Enabled") is "true";

    public string LogFile => Path.Combine(DataDirectory, "hub.log");

    /// <summary>Starts the hub and waits until it is ready. One that does not get ready is disposed of: where this fails, xunit does not dispose the class.</summary>
    public async Task StartAsync()
    {
        try
        {
            Launch();
            await ReadyAsync();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a hub that cannot start, and waits until it has ended. Its data stay.</summary>
    public async Task<int> EndAsync()
    {
        Launch();
        await Process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        var exitCode = Process.ExitCode;
        Forget();
        return exitCode;
    }

    private void Launch()
    {
        // Root stays root, so that it can run what lies in a folder of root's own.
        var withoutPower = HeldByPermissions && Environment.IsPrivilegedProcess;
        var start = new ProcessStartInfo(withoutPower ? "setpriv" : "dotnet", [.. withoutPower ? (string[])["--bounding-set=-dac_override,-dac_read_search", "dotnet"] : [], Repository.Program("Endpoints/Hub")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = DataDirectory,
        };
        foreach (var (name, value) in Settings) start.Environment[name] = value;
        // A runtime that is killed leaves the sockets of its diagnostics in the temporary directory.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        log = new StreamWriter(LogFile, append: true) { AutoFlush = true };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private async Task ReadyAsync()
    {
        using var http = Anonymous();
        await Wait.UntilAsync(
            async () =>
            {
                if (Process.HasExited) throw new InvalidOperationException($"The hub ended with {Process.ExitCode}:\n{ReadLog()}");
                try
                {
                    using var answer = await http.GetAsync("/health/ready");
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(60), () => $"The hub is not ready:\n{ReadLog()}");
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed that was not flushed before.</summary>
    public async Task KillAsync()
    {
        Process.Kill(entireProcessTree: true);
        await Process.WaitForExitAsync();
        Forget();
    }

    /// <summary>SIGTERM, as a service manager stops it.</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", Process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill!.WaitForExitAsync();
        }

        await Process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Forget();
    }

    public HttpClient Http(string role)
    {
        var http = Anonymous();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(role));
        return http;
    }

    public HttpClient Anonymous() => Anonymous(null);

    /// <summary>Over TLS where the hub's settings say so, with its certificate checked against its authority.</summary>
    /// <param name="certificate">Shown by the client; null to show none.</param>
    public HttpClient Anonymous(X509Certificate2? certificate)
    {
        if (!Secure) return new() { BaseAddress = new Uri($"http://127.0.0.1:{HttpPort}"), Timeout = TimeSpan.FromSeconds(60) };
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is X509Certificate2 own && ComesFromAuthority(own);
        if (certificate is not null) handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        return new(handler) { BaseAddress = new Uri($"https://127.0.0.1:{HttpPort}"), Timeout = TimeSpan.FromSeconds(60) };
    }

    public string Token(string role) => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(DataDirectory, "credentials.json")))![role];

    public string ReadLog()
    {
        using var file = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(file).ReadToEnd();
    }

    /// <summary>Waits until the log holds these words: its lines are written behind what the hub answers.</summary>
    public Task LoggedAsync(string words) => Wait.UntilAsync(
        () => Task.FromResult(ReadLog().Contains(words, StringComparison.Ordinal)), TimeSpan.FromSeconds(60), () => $"The log does not say '{words}':\n{ReadLog()}");

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false }) await KillAsync();
        Forget();
        if (Directory.Exists(DataDirectory)) Directory.Delete(DataDirectory, recursive: true);
    }

    private bool ComesFromAuthority(X509Certificate2 shown)
    {
        using var authority = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(DataDirectory, "authority", "authority.pem")));
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(shown) && shown.MatchesHostname("127.0.0.1");
    }

    private void Write(string? line)
    {
        if (line is null) return;
        try
        {
            lock (writing) log?.WriteLine(line);
        }
        catch (IOException)
        {
            // The disk of the test that fills it is full for this log too; thrown here, it would end all tests.
        }
    }

    private void Forget()
    {
        process?.Dispose();
        process = null;
        lock (writing)
        {
            log?.Dispose();
            log = null;
        }
    }
}
