using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

/// <summary>Order, images and report of one examination are read together, whichever came first; those of another citizen or provider never are.</summary>
public abstract class AccessionJoinCompliance : StoreCompliance
{
    private const string Other = "ffffffffffffffffffffffffffffffff";

    [Theory]
    [InlineData("order", "study", "report")]
    [InlineData("report", "study", "order")]
    [InlineData("study", "report", "order")]
    [InlineData("report", "order", "study")]
    public async Task Whichever_comes_first_they_meet(string first, string second, string third)
    {
        await RegisterAsync();
        foreach (var what in (string[])[first, second, third]) await DeliverAsync(what);
        Assert.Equal(["ImagingStudy/study", "ServiceRequest/order"], await JoinedAsync("DiagnosticReport", "report"));
        Assert.Equal(["ServiceRequest/order"], await JoinedAsync("ImagingStudy", "study"));
        Assert.Empty(await JoinedAsync("ServiceRequest", "order"));
        // R4 has no place for a study in a study.
        await DeliverAsync("study", id: "study-2");
        Assert.Equal(["ServiceRequest/order"], await JoinedAsync("ImagingStudy", "study"));
        Assert.Equal(SharingCategory.RadiologyImages, (await ReadAsync("DiagnosticReport", "report")).Joined.First(half => half.Type == "ImagingStudy").Category);
    }

    [Fact]
    public async Task A_search_joins_as_a_read_does()
    {
        await RegisterAsync();
        await DeliverAsync("report");
        await DeliverAsync("study");
        await DeliverAsync("report", id: "report-2");
        var page = await Store.Record.SearchAsync(new("DiagnosticReport", PersonId, [], [], [], [], [], [], null, 10, null), Cancel);
        Assert.Equal([1, 1], page.Resources.Select(report => report.Joined.Count));
        Assert.Equal([0, 1, 1], (await Store.Record.EverythingAsync(PersonId, null, 10, null, Cancel)).Resources.Select(resource => resource.Joined.Count).Order());
    }

    [Theory]
    [InlineData("clinic", PersonId)]
    [InlineData("ris", Other)]
    public async Task The_same_number_of_another_provider_or_citizen_is_another_examination(string source, string person)
    {
        await RegisterAsync();
        await DeliverAsync("study");
        await DeliverAsync("order");
        await DeliverAsync("report", source: source, person: person);
        Assert.Empty(await JoinedAsync("DiagnosticReport", "report"));
    }

    [Fact]
    public async Task Two_sources_of_one_provider_are_joined_and_a_source_that_nobody_registered_is_not()
    {
        await RegisterAsync();
        await DeliverAsync("study", source: "pacs");
        await DeliverAsync("report");
        await DeliverAsync("report", id: "stray", source: "nobody");
        Assert.Single(await JoinedAsync("DiagnosticReport", "report"));
        Assert.Empty(await JoinedAsync("DiagnosticReport", "stray"));
    }

    [Fact]
    public async Task Late_images_are_a_new_version_of_the_same_study_and_the_links_stay()
    {
        await RegisterAsync();
        await DeliverAsync("study");
        await DeliverAsync("report");
        await DeliverAsync("study", rest: "\"numberOfInstances\":2");
        Assert.Equal(2, (await ReadAsync("ImagingStudy", "study")).Version);
        Assert.Equal(["ImagingStudy/study"], await JoinedAsync("DiagnosticReport", "report"));
    }

    [Fact]
    public async Task A_version_is_read_as_it_was_deposited()
    {
        await RegisterAsync();
        await DeliverAsync("study");
        await DeliverAsync("report");
        Assert.Empty((await Store.Record.ReadAsync("DiagnosticReport", "report", 1, Cancel))!.Joined);
        Assert.All(await Store.Record.HistoryAsync("DiagnosticReport", "report", Cancel), version => Assert.Empty(version.Joined));
    }

    [Fact]
    public async Task A_report_that_corrects_its_number_leaves_the_examination()
    {
        await RegisterAsync();
        await DeliverAsync("study");
        await DeliverAsync("report");
        await DeliverAsync("report", rest: "\"status\":\"corrected\"", accession: null);
        Assert.Empty(await JoinedAsync("DiagnosticReport", "report"));
    }

    [Fact]
    public async Task What_was_entered_in_error_is_no_half()
    {
        await RegisterAsync();
        await DeliverAsync("study", status: "entered-in-error");
        await DeliverAsync("report");
        Assert.Empty(await JoinedAsync("DiagnosticReport", "report"));
    }

    [Fact]
    public async Task After_a_split_the_halves_of_two_citizens_are_parted()
    {
        await RegisterAsync();
        var (stays, goes) = (Person("A1234563"), Person("G123456A"));
        await Store.Persons.AddAsync(stays, [], Joining(stays.Id), Audit("enrol", stays.Id), Cancel);
        await Store.Persons.AddAsync(goes, [], Joining(goes.Id), Audit("enrol", goes.Id), Cancel);
        await DeliverAsync("study", person: stays.Id);
        await DeliverAsync("report", person: goes.Id);
        Assert.Empty(await JoinedAsync("DiagnosticReport", "report"));
        await Store.PersonLinks.MergeAsync(stays.Id, goes.Id, new("registrar", Noon, "the same"), Audit("merge", stays.Id), Cancel);
        Assert.Single(await JoinedAsync("DiagnosticReport", "report"));
        await Store.PersonLinks.SplitAsync(goes.Id, new("registrar", Noon, "not the same"), Audit("split", goes.Id), Cancel);
        Assert.Empty(await JoinedAsync("DiagnosticReport", "report"));
    }

    private int messages;

    private async Task RegisterAsync()
    {
        foreach (var provider in (string[])["centre", "other"]) await Store.Registry.SaveAsync(new Provider(provider, "Synthetic", "合成", ProviderKind.RadiologyCentre), Cancel);
        foreach (var (source, provider) in ((string, string)[])[("ris", "centre"), ("pacs", "centre"), ("clinic", "other")])
        {
            await Store.Registry.SaveAsync(new ServiceLocation(provider, provider, "Synthetic", "合成"), Cancel);
            await Store.Registry.SaveAsync(new Source(source, provider, provider, source, "SYNTHETIC"), Cancel);
        }
    }

    private async Task DeliverAsync(
        string what, string? id = null, string source = "ris", string person = PersonId, string? rest = null, string? accession = "ACC1", string? status = null)
    {
        var type = what switch { "order" => "ServiceRequest", "study" => "ImagingStudy", _ => "DiagnosticReport" };
        var index = new ResourceIndex(status, null, [], []) { Accession = accession };
        var receipt = await Store.Journal.AppendAsync(Entry($"M{++messages}", source: source), Cancel);
        var resource = Resource(type, id ?? what, rest, index, type == "ImagingStudy" ? SharingCategory.RadiologyImages : SharingCategory.LaboratoryAndRadiologyReports);
        Assert.True((await Store.Deposits.CommitAsync(Commit(receipt.Value.DepositId, resources: [resource], personId: person), Cancel)).Accepted);
    }

    private async Task<StoredResource> ReadAsync(string type, string id) => (await Store.Record.ReadAsync(type, id, null, Cancel))!;

    private async Task<string[]> JoinedAsync(string type, string id) =>
        [.. (await ReadAsync(type, id)).Joined.Select(half => $"{half.Type}/{half.Id}").Order(StringComparer.Ordinal)];
}
