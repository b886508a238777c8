using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.Peers.Imaging;

/// <summary>Orthanc of Debian with an empty store; the hub is its modality "hub". Driven by its REST interface.</summary>
internal sealed class OrthancServer : IAsyncDisposable
{
    public const string Title = "ORTHANC";

    private readonly TemporaryFolder folder;
    private readonly PeerProgram program;
    private readonly HttpClient http;

    private OrthancServer(TemporaryFolder folder, PeerProgram program, int httpPort, int port)
    {
        this.folder = folder;
        this.program = program;
        Address = $"127.0.0.1:{port}";
        http = new() { BaseAddress = new Uri($"http://127.0.0.1:{httpPort}"), Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Where it listens for DICOM.</summary>
    public string Address { get; }

    public string Output => program.Output;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<OrthancServer> StartAsync(int port, int hubPort)
    {
        var folder = new TemporaryFolder();
        var httpPort = FreePort.Next();
        var settings = Path.Combine(folder.Path, "orthanc.json");
        await File.WriteAllTextAsync(settings, JsonSerializer.Serialize(new
        {
            StorageDirectory = folder.Path, IndexDirectory = folder.Path, DicomPort = port, HttpPort = httpPort, DicomAet = Title, RemoteAccessAllowed = false,
            AuthenticationEnabled = false, DicomAlwaysAllowFind = true, DicomAlwaysAllowGet = true, Plugins = Array.Empty<string>(),
            DicomModalities = new Dictionary<string, object> { ["hub"] = new object[] { ImagingHub.Title, "127.0.0.1", hubPort } },
        }), Cancel);
        var orthanc = new OrthancServer(folder, PeerProgram.Start("/usr/sbin/Orthanc", settings), httpPort, port);
        try
        {
            await Wait.UntilAsync(orthanc.IsReadyAsync, TimeSpan.FromSeconds(30), () => $"Orthanc is not ready:\n{orthanc.Output}");
            return orthanc;
        }
        catch
        {
            await orthanc.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives it a file over HTTP.</summary>
    /// <returns>Orthanc's id of the study.</returns>
    public async Task<string> UploadAsync(string file)
    {
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file, Cancel));
        return (await PostAsync("/instances", content))["ParentStudy"]!.GetValue<string>();
    }

    public async Task<JsonNode> PostAsync(string path, object body)
    {
        // Orthanc writes its words with a capital letter: they are not made over.
        using var content = JsonContent.Create(body, options: JsonSerializerOptions.Default);
        return await PostAsync(path, content);
    }

    public async Task<JsonNode> GetAsync(string path) => (await http.GetFromJsonAsync<JsonNode>(path, Cancel))!;

    public async Task DeleteAsync(string path)
    {
        using var answer = await http.DeleteAsync(path, Cancel);
        Assert.True(answer.IsSuccessStatusCode, path);
    }

    /// <returns>The files that it has of the study.</returns>
    public async Task<IReadOnlyCollection<byte[]>> FilesAsync(string study)
    {
        var files = new List<byte[]>();
        foreach (var instance in (await PostAsync("/tools/find", new { Level = "Instance", Query = new { StudyInstanceUID = study } })).AsArray())
        {
            files.Add(await http.GetByteArrayAsync($"/instances/{instance!.GetValue<string>()}/file", Cancel));
        }

        return files;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await program.DisposeAsync();
        folder.Dispose();
    }

    private async Task<JsonNode> PostAsync(string path, HttpContent content)
    {
        using var answer = await http.PostAsync(path, content, Cancel);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {body}\n{Output}");
        return JsonNode.Parse(body.Length == 0 ? "{}" : body)!;
    }

    private async Task<bool> IsReadyAsync()
    {
        if (program.Ended) throw new InvalidOperationException($"Orthanc ended:\n{Output}");
        try
        {
            using var answer = await http.GetAsync("/system", Cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
