using System.Text;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.Imaging;

/// <summary>A report among the images goes into the manifest of its study, whole; and what is wrong with it keeps nobody from the images.</summary>
public sealed class DocumentTests
{
    private const string Study = "1.2.3";

    private readonly ManualTime time = new();

    [Fact]
    public async Task A_report_among_the_images_becomes_one_of_the_record()
    {
        var (store, manifest) = await AnnounceAsync(Content(1, "No fracture."));
        Assert.False(manifest.TryGetProperty("documentFault", out _));
        var report = store.Resources.Single(resource => resource.Type == "DiagnosticReport");
        Assert.Contains("No fracture.", Encoding.UTF8.GetString(report.Json.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RejectionCode.DocumentTooDeep)]
    [InlineData(RejectionCode.DocumentTooLarge)]
    [InlineData(RejectionCode.DocumentUnreadable)]
    public async Task The_study_is_filed_though_its_report_is_not_and_says_why(RejectionCode code)
    {
        var (store, manifest) = await AnnounceAsync(code switch
        {
            RejectionCode.DocumentTooDeep => Content(33, "deep"),
            RejectionCode.DocumentTooLarge => $"\"0040A730\":{{\"vr\":\"SQ\",\"Value\":[{string.Join(',', Enumerable.Repeat("{}", 5_001))}]}}",
            _ => null,
        });
        Assert.Equal((int)code, manifest.GetProperty("documentFault").GetInt32());
        Assert.DoesNotContain(store.Resources, resource => resource.Type == "DiagnosticReport");
        using var study = JsonDocument.Parse(store.Resources.Single(resource => resource.Type == "ImagingStudy").Json);
        Assert.Equal(2, study.RootElement.GetProperty("numberOfInstances").GetInt32());
        Assert.Contains($"{(int)code} {code}", study.RootElement.GetProperty("note")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tree_as_deep_as_it_may_be_is_taken()
    {
        var (store, manifest) = await AnnounceAsync(Content(32, "deep"));
        Assert.False(manifest.TryGetProperty("documentFault", out _));
        Assert.Contains(store.Resources, resource => resource.Type == "DiagnosticReport");
    }

    /// <summary>A text below so many levels of containers.</summary>
    private static string Content(int levels, string text)
    {
        var content = $$$"""{"0040A010":{"vr":"CS","Value":["CONTAINS"]},"0040A040":{"vr":"CS","Value":["TEXT"]},"0040A160":{"vr":"UT","Value":["{{{text}}}"]}}""";
        for (var level = 1; level < levels; level++) content = $$$"""{"0040A040":{"vr":"CS","Value":["CONTAINER"]},"0040A730":{"vr":"SQ","Value":[{{{content}}}]}}""";
        return $$"""
            "0040A730":{"vr":"SQ","Value":[{{content}}]}
            """;
    }

    private async Task<(MemoryStore Store, JsonElement Instance)> AnnounceAsync(string? content)
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        var studies = new MemoryStudies(store);
        await using var hub = await TestHub.StartAsync(store, time: time, studies: studies);
        studies.Add(Study, time.GetUtcNow());
        studies.AddReport(Study, time.GetUtcNow(), content);
        hub.Gathering.Whole("lab", Study);
        for (var look = 0; look < 2_000 && (store.Rows.Count == 0 || store.StateOf(1) != DepositState.Delivered); look++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Equal(DepositState.Delivered, store.StateOf(1));
        using var manifest = JsonDocument.Parse(store.Rows[0].Entry.Bytes, new() { MaxDepth = 256 });
        return (store, manifest.RootElement.GetProperty("series")[0].GetProperty("instances")[1].Clone());
    }
}
