using System.Text;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>The report beside its study: its text as text, its document as a link of this hub, and nothing where reports are refused.</summary>
public sealed class ReportPanelTest : IAsyncDisposable
{
    private const string Hostile = "<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><h1>Title</h1><h2 onclick=\\\"x()\\\">Findings</h2><script>alert(1)</script><img src=\\\"x\\\"/><p style=\\\"x\\\">A nodule &lt;8 mm 結節<br/>stable</p><a href=\\\"https://elsewhere.invalid\\\">more</a></div>";

    private readonly FakeHub hub = new();

    public ReportPanelTest() => hub.Images.Studies.Add(new(new("1.2.3", "", ""), "ann", "centre", InstanceState.Filed, ["""{"00081030":{"vr":"LO","Value":["CT CHEST"]}}"""u8.ToArray()]));

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_narrative_brings_its_text_and_no_script_picture_style_or_link()
    {
        Add($$$"""{"code":{"text":"CT <report>"},"status":"corrected","issued":"2026-03-02T12:05:00+08:00","resultsInterpreter":[{"display":"SYNTHETIC RADIOLOGIST"}],"text":{"div":"{{{Hostile}}}"}}""");
        var page = await hub.As(Role.Clinician).GetStringAsync("/images/1.2.3");
        Assert.Contains("<h3>Findings</h3>alert(1)<p>A nodule &lt;8 mm 結節<br>stable</p>more", page, StringComparison.Ordinal);
        Assert.Contains("<h2>CT &lt;report&gt;</h2>", page, StringComparison.Ordinal);
        Assert.Contains("Corrected</b> <span>2026-03-02 12:05</span> <span>SYNTHETIC RADIOLOGIST</span>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Title", page[page.IndexOf("study-report", StringComparison.Ordinal)..], StringComparison.Ordinal);
        // The viewer's script says what it does in the one element that has this attribute.
        Assert.Single(page.Split(" data-status ")[1..]);
        Assert.DoesNotContain("data-status=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere.invalid", page, StringComparison.Ordinal);
        Assert.DoesNotContain("onclick", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<div>&undefined;</div>")]
    [InlineData("<!DOCTYPE div [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><div>&x;</div>")]
    [InlineData("<div><p></div>")]
    public async Task What_is_no_narrative_is_left_out_and_the_conclusion_stands_in(string div)
    {
        Add($$$"""{"code":{"text":"CT"},"status":"final","conclusion":"Benign <b>nodule</b>","text":{"div":"{{{div}}}"}}""");
        Assert.Contains("Benign &lt;b&gt;nodule&lt;/b&gt;", await hub.As(Role.Clinician).GetStringAsync("/images/1.2.3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_document_that_this_hub_keeps_is_a_link()
    {
        Add("""{"code":{"text":"CT"},"status":"final","presentedForm":[{"contentType":"application/pdf","title":"Kept","url":"https://hub.invalid/dicomweb/studies/1.2.3/series/4/instances/5/rendered"},{"contentType":"application/pdf","url":"https://elsewhere.invalid/x.pdf"},{"contentType":"application/pdf","url":"javascript:alert(1)"}]}""");
        var page = await hub.As(Role.Clinician).GetStringAsync("/images/1.2.3");
        Assert.Contains("href=\"/dicomweb/studies/1.2.3/series/4/instances/5/rendered\"", page, StringComparison.Ordinal);
        Assert.Single(page.Split("Open the document")[1..]);
    }

    [Fact]
    public async Task Results_of_a_message_are_shown_by_name_and_value()
    {
        Add("""{"code":{"coding":[{"display":"CT Chest"}]},"status":"final"}""", """{"code":{"text":"Impression"},"valueString":"No change"}""", """{"code":{"text":"Size"},"valueQuantity":{"value":7.50,"unit":"mm"}}""");
        var page = await hub.As(Role.Clinician).GetStringAsync("/images/1.2.3");
        Assert.Contains("<b>Impression</b> No change", page, StringComparison.Ordinal);
        Assert.Contains("<b>Size</b> 7.50 mm", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_see_reports_sees_the_images_alone()
    {
        Add("""{"code":{"text":"CT secret"},"status":"final"}""");
        hub.Images.Refused = new(RejectionCode.CategoryOutOfScope, "In the test");
        var page = await hub.As(Role.Clinician).GetStringAsync("/images/1.2.3");
        Assert.Contains("id=\"viewer\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("CT secret", page, StringComparison.Ordinal);
        Assert.DoesNotContain("study-report", page, StringComparison.Ordinal);
    }

    private void Add(string report, params string[] results) => hub.Images.Reports.Add(new(Stored("DiagnosticReport", report), [.. results.Select(result => Stored("Observation", result))]));

    private static StoredResource Stored(string type, string json) =>
        new(type, "r1", 1, default, "ann", SharingCategory.LaboratoryAndRadiologyReports, "pacs", new(1), Encoding.UTF8.GetBytes(json));
}
