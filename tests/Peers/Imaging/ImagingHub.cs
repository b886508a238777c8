using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.Adapters.DicomWeb;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.Peers.Imaging;

/// <summary>One hub for all peers of DICOM: each is registered with an address, and the citizen is under the care of the centre they belong to.</summary>
public sealed class ImagingHub : IAsyncLifetime
{
    public const string Title = "EHEALTHPLUS";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public HubProcess Hub { get; } = new(extra: new Dictionary<string, string> { ["Hub__StudyQuietSeconds"] = "1", ["Hub__StudyTakeUpSeconds"] = "1" });

    public string Port => $"{Hub.DicomPort}";

    public string Address => $"127.0.0.1:{Hub.DicomPort}";

    public async ValueTask InitializeAsync()
    {
        await Hub.StartAsync();
        using (var socket = await MllpSocket.OpenAsync(Hub.MllpPort))
        {
            Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Enrol(CtStudy.Citizen, "ENROL"))));
            // A machine reads only of whom its centre cares for: here the citizen has come for the examination.
            var arrival = Messages.Admit(CtStudy.Citizen, "ARRIVAL").Replace("|DEMO-HIS|DEMO-HOSPITAL|", "|DEMO-RIS|DEMO-IMAGING|", StringComparison.Ordinal);
            Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(arrival)));
        }

        await CitizenRecord.ShareAsync(Hub, CtStudy.Citizen);
        await CitizenRecord.ShareAsync(Hub, CtStudy.Citizen, "demo-imaging");
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    /// <summary>Registers an application entity that may store and query.</summary>
    /// <returns>The free port that it is registered to listen on.</returns>
    public async Task<int> RegisterAsync(string title)
    {
        var port = FreePort.Next();
        using var administrator = Hub.Http("administrator");
        using var answer = await administrator.PostAsJsonAsync(
            "/api/dicom-peers", new { aeTitle = title, sourceId = "demo-ris", host = "127.0.0.1", port, mayQuery = true, active = true }, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return port;
    }

    /// <summary>Waits until a clinician with consent sees the whole study.</summary>
    public async Task FiledAsync(string study)
    {
        using var clinician = Hub.Http("clinician");
        await Wait.UntilAsync(async () => await InstancesAsync(clinician, study) == CtStudy.Slices, Patience, () => $"{study} is not filed:\n{Hub.ReadLog()}");
    }

    /// <returns>The files of the study as WADO-RS gives them.</returns>
    internal async Task<IReadOnlyCollection<byte[]>> RetrieveAsync(string study, string transferSyntax = "*")
    {
        using var clinician = Hub.Http("clinician");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/dicomweb/studies/{study}");
        request.Headers.TryAddWithoutValidation("Accept", $"multipart/related; type=\"application/dicom\"; transfer-syntax={transferSyntax}");
        using var answer = await clinician.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return [.. (await MultipartAnswer.PartsAsync(answer)).Select(part => part.Bytes)];
    }

    private static async Task<int> InstancesAsync(HttpClient clinician, string study)
    {
        using var answer = await clinician.GetAsync($"/dicomweb/studies/{study}/instances");
        return answer.StatusCode == HttpStatusCode.OK ? (await answer.Content.ReadFromJsonAsync<JsonArray>())!.Count : 0;
    }
}

/// <summary>The classes of this collection share the hub.</summary>
[CollectionDefinition(Name)]
public sealed class ImagingPeers : ICollectionFixture<ImagingHub>
{
    public const string Name = "imaging peers";
}
