using System.Net;
using System.Text.Json.Nodes;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Tests.Adapters.DicomWeb;

/// <summary>QIDO-RS: what is asked of the record, and how it is answered.</summary>
public sealed class SearchTests
{
    [Fact]
    public async Task A_study_is_found_with_its_Chinese_name_and_its_address()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        web.AddSeries(1, 2, 3);
        web.AddSeries(2, 2, 1);
        using var http = web.Client();

        using var answer = await http.GetAsync($"studies?PatientID=SYN-0001&0020000D={SyntheticCt.Study(1)}&AccessionNumber=");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/dicom+json", answer.Content.Headers.ContentType!.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("測試^病人", text, StringComparison.Ordinal);
        var study = Assert.Single(JsonNode.Parse(text)!.AsArray())!;
        Assert.Equal("TESTPATIENT^CHEST", study["00100010"]!["Value"]![0]!["Alphabetic"]!.GetValue<string>());
        Assert.Equal("ISO_IR 192", study["00080005"]!["Value"]![0]!.GetValue<string>());
        Assert.Equal($"{web.Address}studies/{SyntheticCt.Study(1)}", study["00081190"]!["Value"]![0]!.GetValue<string>());
        Assert.Equal(study.AsObject().Select(pair => pair.Key).Order(StringComparer.Ordinal), study.AsObject().Select(pair => pair.Key));
        var asked = Assert.Single(web.Kept.Queries);
        Assert.Equal([new(0x00100020, "SYN-0001"), new(0x0020000D, SyntheticCt.Study(1))], asked.Matches);
    }

    [Theory]
    [InlineData("instances", QueryLevel.Instance, true, true)]
    [InlineData("studies/STUDY/instances", QueryLevel.Instance, false, true)]
    [InlineData("studies/STUDY/series/SERIES/instances", QueryLevel.Instance, false, false)]
    [InlineData("series", QueryLevel.Series, true, true)]
    [InlineData("studies/STUDY/series", QueryLevel.Series, false, true)]
    [InlineData("studies/STUDY/series?includefield=all", QueryLevel.Series, true, true)]
    [InlineData("studies/STUDY/series/SERIES/instances?includefield=Modality,PatientID", QueryLevel.Instance, true, true)]
    public async Task Levels_that_the_address_does_not_name_are_part_of_the_answer(string path, QueryLevel level, bool patient, bool series)
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        web.AddSeries(1, 2, 1);
        using var http = web.Client();
        var key = SyntheticCt.Key(1, 2, 1);

        var found = JsonNode.Parse(await http.GetStringAsync(path.Replace("STUDY", key.StudyInstanceUid, StringComparison.Ordinal).Replace("SERIES", key.SeriesInstanceUid, StringComparison.Ordinal)))!.AsArray();

        Assert.Equal(level, Assert.Single(web.Kept.Queries).Level);
        var match = Assert.Single(found)!;
        Assert.Equal(patient, match["00100020"] is not null);
        Assert.Equal(series, match["00080060"] is not null);
        Assert.Equal(key.StudyInstanceUid, match["0020000D"]!["Value"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData("studies?StudyInstanceUID=1.2.03")]
    [InlineData("studies/1.2.03/series")]
    public async Task A_UID_with_a_leading_zero_is_asked_for_as_it_is_kept(string path)
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        using var http = web.Client();

        using var answer = await http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal([new(0x0020000D, "1.2.03")], Assert.Single(web.Kept.Queries).Matches);
    }

    [Fact]
    public async Task Pages_are_cut_and_the_client_is_told_of_more()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        web.AddSeries(1, 2, 5);
        using var http = web.Client();

        using var first = await http.GetAsync("instances?limit=2&offset=1&fuzzymatching=true");
        using var last = await http.GetAsync("instances?limit=2&offset=3");
        using var none = await http.GetAsync("instances?offset=5");

        Assert.Equal([2, 3], Numbers(await first.Content.ReadAsStringAsync()));
        Assert.Contains(first.Headers.Warning, warning => warning.Code == 299 && warning.Text.Contains("additional results", StringComparison.Ordinal));
        Assert.Contains(first.Headers.Warning, warning => warning.Text.Contains("Only literal matching", StringComparison.Ordinal));
        Assert.Equal([4, 5], Numbers(await last.Content.ReadAsStringAsync()));
        Assert.Empty(last.Headers.Warning);
        Assert.Equal(HttpStatusCode.NoContent, none.StatusCode);
    }

    [Theory]
    [InlineData("studies?InstitutionName=A&00091001=B&PatientID=SYN-0001&00080061=CT", "InstitutionName, 00091001")]
    [InlineData("studies/STUDY/series?InstitutionName=A&RequestAttributesSequence=C", "RequestAttributesSequence")]
    [InlineData("studies/STUDY/series?RequestAttributesSequence.ScheduledProcedureStepID=S&00400275.00400008.CodeValue=C", "00400275.00400008.CodeValue")]
    [InlineData("studies?00400275.00400009=S", "RequestAttributesSequence.00400009")]
    [InlineData("instances?InstitutionName=A&SOPClassUID=1.2.3&NumberOfSeriesRelatedInstances=1", null)]
    public async Task What_is_not_matched_on_is_named_in_a_warning(string path, string? ignored)
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        web.AddSeries(1, 2, 1);
        using var http = web.Client();

        using var answer = await http.GetAsync(path.Replace("STUDY", SyntheticCt.Study(1), StringComparison.Ordinal));

        var warnings = answer.Headers.Warning.Where(warning => warning.Text.Contains("were ignored", StringComparison.Ordinal)).Select(warning => warning.Text).ToList();
        if (ignored is null) Assert.Empty(warnings);
        else Assert.EndsWith($": {ignored}\"", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RequestAttributesSequence.ScheduledProcedureStepID=SPS1", 0x00400009u)]
    [InlineData("00400275.00401001=SPS1", 0x00401001u)]
    public async Task The_items_of_a_sequence_are_asked_for_with_a_dot(string query, uint tag)
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        using var http = web.Client();

        using var answer = await http.GetAsync($"series?{query}&includefield=00400275.00400009");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal([new(tag, "SPS1", 0x00400275)], Assert.Single(web.Kept.Queries).Matches);
        Assert.Empty(answer.Headers.Warning);
    }

    [Fact]
    public async Task All_that_is_indexed_is_known_by_its_keyword()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        web.AddSeries(1, 2, 1);
        using var http = web.Client();

        using var answer = await http.GetAsync("instances?includefield=WindowCenter,RequestAttributesSequence,ModalitiesInStudy,RetrieveURL,InstanceAvailability,SpecificCharacterSet");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task An_answer_is_compressed_where_the_client_takes_it(string coding)
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        web.AddSeries(1, 2, 40);
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All };
        using var http = new HttpClient(handler) { BaseAddress = web.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "instances") { Headers = { { "Authorization", "Bearer Clinician" }, { "Accept-Encoding", coding } } };
        using var plain = web.Client();

        using var answer = await http.SendAsync(request);
        var whole = await plain.GetByteArrayAsync("instances");

        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.Equal(whole, await answer.Content.ReadAsByteArrayAsync());
        using var raw = await RawAsync(web, coding);
        Assert.Equal(coding, Assert.Single(raw.Content.Headers.ContentEncoding));
        Assert.True((await raw.Content.ReadAsByteArrayAsync()).Length < whole.Length / 4);
    }

    [Theory]
    [InlineData("studies?Nonsense=1", 400, 704)]
    [InlineData("studies?includefield=Nonsense", 400, 704)]
    [InlineData("studies?StudyInstanceUID=1..2", 400, 881)]
    [InlineData("studies/1.2./series", 400, 881)]
    [InlineData("studies?StudyInstanceUID=1.2*", 400, 881)]
    [InlineData("studies?StudyDate=2026-01-10", 400, 705)]
    [InlineData("studies?StudyDate=20261301", 400, 705)]
    [InlineData("studies?limit=-1", 400, 705)]
    [InlineData("studies?limit=99999999999", 400, 705)]
    [InlineData("studies?fuzzymatching=perhaps", 400, 705)]
    [InlineData("studies?PatientName=A%00B", 400, 705)]
    [InlineData("studies?PatientName=A&PatientName=B", 400, 705)]
    [InlineData("studies/1.2.3/series?StudyInstanceUID=1.2.4", 400, 705)]
    [InlineData("studies/1.2.3'--/series", 400, 881)]
    [InlineData("studies/..%2F..%2Fetc/series", 400, 881)]
    [InlineData("studies/11111111111111111111111111111111111111111111111111111111111111111/series", 400, 881)]
    [InlineData("nothing", 404, 701)]
    public async Task What_is_no_query_is_refused_with_a_number_in_both_languages(string path, int status, int code)
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        web.AddSeries(1, 2, 1);
        using var http = web.Client();

        using var answer = await http.GetAsync(path);

        await Refused.AssertAsync(answer, status, code);
        Assert.Empty(web.Kept.Queries);
    }

    [Theory]
    [InlineData(null, 401, 515)]
    [InlineData("nobody", 401, 516)]
    [InlineData("Source:ct", 403, 513)]
    [InlineData("Clinician::system|Observation.rs", 403, 561)]
    public async Task Who_may_not_search_is_refused(string? bearer, int status, int code)
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        web.AddSeries(1, 2, 1);
        using var http = web.Client(bearer);

        using var answer = await http.GetAsync("studies");

        await Refused.AssertAsync(answer, status, code);
    }

    [Fact]
    public async Task A_machine_with_the_scope_may_search_and_Xml_is_not_given()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        web.AddSeries(1, 2, 1);
        using var http = web.Client("Clinician::system|ImagingStudy.rs");

        using var answer = await http.GetAsync("studies?StudyDate=20260101-&PatientName=TEST*");
        http.DefaultRequestHeaders.Add("Accept", "multipart/related; type=\"application/dicom+xml\"");
        using var xml = await http.GetAsync("studies");

        Assert.Equal("20260101-", web.Kept.Queries[0].Matches.Single(match => match.Tag == 0x00080020).Value);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await Refused.AssertAsync(xml, 406, 886);
    }

    private static IEnumerable<int> Numbers(string json) => JsonNode.Parse(json)!.AsArray().Select(match => match!["00200013"]!["Value"]![0]!.GetValue<int>());

    private static async Task<HttpResponseMessage> RawAsync(DicomWebUnderTest web, string coding)
    {
        using var http = web.Client();
        http.DefaultRequestHeaders.Add("Accept-Encoding", coding);
        return await http.GetAsync("instances");
    }
}
