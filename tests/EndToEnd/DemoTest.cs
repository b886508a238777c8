using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>The play that a newcomer sees first goes through on a fresh hub.</summary>
public sealed class DemoTest
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_scene_is_played_to_its_end_and_the_images_are_in_the_record()
    {
        await using var hub = new HubProcess(extra: new Dictionary<string, string> { ["Hub__StudyQuietSeconds"] = "1", ["Hub__StudyTakeUpSeconds"] = "1" });
        await hub.StartAsync();

        var (exitCode, output, fault) = await Cli.RunAsync(hub, "demo", "--once");

        Assert.True(exitCode == 0, $"{output}\n{fault}");
        Assert.Contains("ORU^R01", output, StringComparison.Ordinal);
        // Five slices of CT, a radiograph and an ultrasound.
        Assert.Equal(7, output.Split("-> 0000").Length - 1);
        Assert.Contains("the answers are in", output, StringComparison.Ordinal);

        using var clinician = hub.Http("clinician");
        foreach (var modality in (string[])["CR", "US"])
        {
            var judged = await JudgeAsync(await ImageAsync(hub, clinician, modality));
            Assert.DoesNotContain("Error", judged, StringComparison.Ordinal);
        }
    }

    /// <returns>The one image of the study with this modality, as Part 10 file.</returns>
    private static async Task<byte[]> ImageAsync(HubProcess hub, HttpClient clinician, string modality)
    {
        JsonArray? found = null;
        await Wait.UntilAsync(
            async () =>
            {
                using var search = new HttpRequestMessage(HttpMethod.Get, $"/dicomweb/instances?AccessionNumber=DEMO-{modality}&includefield=AccessionNumber");
                search.Headers.Accept.Add(new("application/dicom+json"));
                using var answer = await clinician.SendAsync(search, Cancel);
                var text = await answer.Content.ReadAsStringAsync(Cancel);
                found = text.StartsWith('[') ? JsonNode.Parse(text)!.AsArray() : null;
                return found is { Count: 1 };
            },
            TimeSpan.FromSeconds(30), () => $"No {modality}:\n{hub.ReadLog()}");
        var instance = found![0]!;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/dicomweb/studies/{Value("0020000D")}/series/{Value("0020000E")}/instances/{Value("00080018")}");
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/dicom; transfer-syntax=*"));
        using var image = await clinician.SendAsync(request, Cancel);
        Assert.True(image.IsSuccessStatusCode, $"{image.StatusCode}");
        return await image.Content.ReadAsByteArrayAsync(Cancel);

        string Value(string tag) => instance[tag]!["Value"]![0]!.GetValue<string>();
    }

    /// <returns>What dciodvfy says of a file.</returns>
    private static async Task<string> JudgeAsync(byte[] file)
    {
        using var folder = new TemporaryFolder();
        return (await Dcmtk.RunAsync("dciodvfy", folder.Write("image.dcm", file))).Output;
    }
}
