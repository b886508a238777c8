using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace EHealthPlus.Tests.Security.Attacking;

/// <summary>
/// One hub for all attacks: TLS on both ports with its own certificates, a syslog collector, letters. It runs in the environment that a
/// developer's machine sets (ASPNETCORE_ENVIRONMENT=Development), in which the framework shows faults to whoever asks, if it is let.
/// </summary>
public sealed class AttackedHub : IAsyncLifetime
{
    private readonly Dictionary<string, X509Certificate2> certificates = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> persons = [];
    private SyslogListener? syslog;
    private HubProcess? hub;
    private HttpClient? stranger;

    public HubProcess Hub => hub ?? throw new InvalidOperationException("The hub is not started");

    /// <summary>Each line that a security operations centre got.</summary>
    public string SyslogText => syslog!.Text;

    /// <summary>Somebody without any credential.</summary>
    public HttpClient Stranger => stranger ??= Browser(null);

    public string Folder { get; } = Directory.CreateTempSubdirectory("ehealthplus-attacks-").FullName;

    /// <summary>A browser that follows no redirect, with the console's cookie where one is given.</summary>
    public HttpClient Browser(string? session)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        var browser = new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{Hub.HttpPort}") };
        if (session is not null) browser.DefaultRequestHeaders.Add("Cookie", $"ehealthplus-console={session}");
        return browser;
    }

    /// <summary>A program that follows no redirect, with the token in the Authorization header.</summary>
    public HttpClient Program(string token)
    {
        var program = Browser(null);
        program.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return program;
    }

    public async ValueTask InitializeAsync()
    {
        syslog = new SyslogListener();
        hub = new(extra: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Hub__HttpTls__Enabled"] = "true", ["Hub__MllpTls__Enabled"] = "true", ["Hub__Syslog"] = $"tcp://127.0.0.1:{syslog.Port}",
            ["ASPNETCORE_ENVIRONMENT"] = "Development", ["DOTNET_ENVIRONMENT"] = "Development",
        });
        await hub.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var certificate in certificates.Values) certificate.Dispose();
        if (hub is not null) await hub.DisposeAsync();
        stranger?.Dispose();
        syslog?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>The certificate of a service location, with its key; issued at the first need.</summary>
    public async Task<X509Certificate2> CertificateAsync(string location)
    {
        if (!certificates.TryGetValue(location, out var certificate)) certificates[location] = certificate = await IssueAsync(location);
        return certificate;
    }

    /// <summary>One more certificate of the location; the others go on.</summary>
    public async Task<X509Certificate2> IssueAsync(string location)
    {
        using var folder = new TemporaryFolder();
        await RunAsync("cert", "issue", location, "--out", folder.Path);
        return X509Certificate2.CreateFromPemFile(folder.At(location + ".pem"), folder.At(location + ".key"));
    }

    /// <summary>Sends over MLLP as the demonstration hospital, or laboratory where the message says so.</summary>
    public async Task<string> SendAsync(string message)
    {
        var location = message.Contains("|DEMO-LIS|", StringComparison.Ordinal) ? "demo-laboratory-1" : "demo-hospital-main";
        await using var connection = await SecureMllp.OpenAsync(Hub.MllpPort, await CertificateAsync(location));
        return await connection.AskAsync(message);
    }

    /// <summary>Opens an account, once a citizen, and returns the id of the citizen's Patient.</summary>
    public async Task<string> EnrolAsync(int citizen)
    {
        if (persons.TryGetValue(citizen, out var known)) return known;
        var answer = await SendAsync(Messages.Enrol(citizen, $"ENROL{citizen}"));
        Assert.Equal("AA", MllpSocket.CodeOf(answer.Trim('\v')));
        return persons[citizen] = await CitizenRecord.PersonAsync(Hub, citizen);
    }

    /// <summary>Posts JSON in a role of the embedded mode, and expects it to be taken.</summary>
    public async Task<JsonNode?> PostAsync(string role, string path, object body)
    {
        using var http = Hub.Http(role);
        using var answer = await http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    public async Task<string> RunAsync(params string[] arguments)
    {
        var (exitCode, output, fault) = await Cli.RunAsync(Hub, arguments);
        Assert.True(exitCode == 0, output + fault);
        return output;
    }
}
