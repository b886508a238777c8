using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Tests.Adapters.DicomWeb;

/// <summary>WADO-RS: objects, metadata, frames, bulk data.</summary>
public sealed class RetrieveTests
{
    private const string AsKept = "multipart/related; type=\"application/dicom\"; transfer-syntax=*";
    private const string Jpeg = "1.2.840.10008.1.2.4.50";
    private const string Implicit = "1.2.840.10008.1.2";

    [Fact]
    public async Task A_series_comes_whole_and_byte_for_byte_as_kept()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        web.AddSeries(1, 2, 4);
        web.AddSeries(1, 3, 1);
        using var http = Client(web, AsKept);
        var key = SyntheticCt.Key(1, 2, 1);

        using var answer = await http.GetAsync($"studies/{key.StudyInstanceUid}/series/{key.SeriesInstanceUid}", HttpCompletionOption.ResponseHeadersRead);

        var parts = await MultipartAnswer.PartsAsync(answer);
        Assert.Equal(4, parts.Count);
        Assert.All(parts, part => Assert.Equal("application/dicom; transfer-syntax=1.2.840.10008.1.2.1", part.ContentType));
        for (var slice = 1; slice <= 4; slice++)
        {
            var one = SyntheticCt.Key(1, 2, slice);
            Assert.Equal([.. SyntheticCt.FileMeta(SyntheticCt.SopClass, one.SopInstanceUid, KeptInMemory.Explicit), .. web.Kept.BytesOf(one)], parts[slice - 1].Bytes);
            Assert.EndsWith($"/instances/{one.SopInstanceUid}", parts[slice - 1].Location, StringComparison.Ordinal);
        }

        Assert.Equal([ImagingUse.Retrieve], web.Kept.Uses);
    }

    [Fact]
    public async Task What_came_with_file_meta_information_goes_out_with_it()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        var key = SyntheticCt.Key(1, 2, 1);
        byte[] meta = [.. SyntheticCt.FileMeta(SyntheticCt.SopClass, key.SopInstanceUid, KeptInMemory.Explicit)];
        meta[0] = 42;
        web.Kept.Add(key, SyntheticCt.DataSet(key, 1, 1), meta: meta);
        using var http = Client(web, "application/dicom; transfer-syntax=*");

        var file = await http.GetByteArrayAsync(Path(key));

        Assert.Equal([.. meta, .. web.Kept.BytesOf(key)], file);
    }

    [Theory]
    [InlineData("application/dicom; transfer-syntax=1.2.840.10008.1.2", Implicit)]
    [InlineData("multipart/related; type=application/dicom; transfer-syntax=1.2.840.10008.1.2", Implicit)]
    [InlineData("application/dicom", KeptInMemory.Explicit)]
    [InlineData("*/*", KeptInMemory.Explicit)]
    public async Task Uncompressed_objects_are_given_in_the_transfer_syntax_asked_for(string accept, string expected)
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        var key = SyntheticCt.Key(1, 2, 1);
        web.Kept.Add(key, SyntheticCt.DataSet(key, 1, 1));
        using var http = Client(web, accept);

        using var answer = await http.GetAsync(Path(key));

        var file = accept.StartsWith("application", StringComparison.Ordinal) ? await answer.Content.ReadAsByteArrayAsync() : Assert.Single(await MultipartAnswer.PartsAsync(answer)).Bytes;
        var meta = SyntheticCt.FileMeta(SyntheticCt.SopClass, key.SopInstanceUid, expected);
        Assert.Equal(meta, file[..meta.Length]);
        // Tag, and then in implicit little endian the length in place of the VR.
        Assert.Equal(expected == Implicit ? 10 : (byte)'C', file[meta.Length + 4]);
    }

    [Theory]
    [InlineData(Jpeg, "application/dicom; transfer-syntax=1.2.840.10008.1.2.1", 406, 882)]
    [InlineData(KeptInMemory.Explicit, "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.4.90", 406, 882)]
    [InlineData(KeptInMemory.Explicit, "image/jpeg", 406, 886)]
    public async Task What_would_have_to_be_decoded_is_not_given(string kept, string accept, int status, int code)
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        var key = SyntheticCt.Key(1, 2, 1);
        web.Kept.Add(key, SyntheticCt.Encapsulated(key, [1, 2, 3, 4]), kept);
        using var http = Client(web, accept);

        using var answer = await http.GetAsync(Path(key));

        await Refused.AssertAsync(answer, status, code);
    }

    [Fact]
    public async Task A_single_object_can_be_asked_for_in_ranges_and_is_not_sent_twice()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        var key = SyntheticCt.Key(1, 2, 1);
        web.Kept.Add(key, SyntheticCt.DataSet(key, 1, 1));
        using var http = Client(web, "application/dicom; transfer-syntax=*");
        var whole = await http.GetByteArrayAsync(Path(key));

        using var middle = await RangeAsync(http, Path(key), new(100, 400_000));
        using var tail = await RangeAsync(http, Path(key), new(null, 7));
        using var beyond = await RangeAsync(http, Path(key), new(whole.Length, null));
        http.DefaultRequestHeaders.IfNoneMatch.Add(middle.Headers.ETag!);
        using var again = await http.GetAsync(Path(key));

        Assert.Equal(HttpStatusCode.PartialContent, middle.StatusCode);
        Assert.Equal(whole[100..400_001], await middle.Content.ReadAsByteArrayAsync());
        Assert.Equal(whole[^7..], await tail.Content.ReadAsByteArrayAsync());
        Assert.Equal(whole.Length, tail.Content.Headers.ContentRange!.Length);
        await Refused.AssertAsync(beyond, 416, 885);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Metadata_is_one_array_with_Chinese_names_and_addresses_for_what_is_large()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        web.AddSeries(1, 2, 3);
        using var http = Client(web, "application/dicom+json");
        var key = SyntheticCt.Key(1, 2, 2);

        var text = await http.GetStringAsync($"studies/{key.StudyInstanceUid}/metadata");

        var all = JsonNode.Parse(text)!.AsArray();
        Assert.Equal([1, 2, 3], all.Select(one => one!["00200013"]!["Value"]![0]!.GetValue<int>()));
        Assert.Contains("測試^病人", text, StringComparison.Ordinal);
        var address = all[1]!["7FE00010"]!["BulkDataURI"]!.GetValue<string>();
        http.DefaultRequestHeaders.Accept.Clear();
        Assert.Equal(web.Kept.BytesOf(key)[^(512 * 512 * 2)..], await http.GetByteArrayAsync(address));
        using var part = await RangeAsync(http, address, new(2, 5));
        Assert.Equal(web.Kept.BytesOf(key)[^(512 * 512 * 2)..][2..6], await part.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_damaged_object_ends_the_answer_before_it_looks_whole()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        web.AddSeries(1, 2, 3);
        web.Writer.DamagedInstance = "3";
        using var http = Client(web, "application/dicom+json");

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync($"studies/{SyntheticCt.Study(1)}/metadata"));
        web.Writer.DamagedInstance = "1";
        using var first = await http.GetAsync($"studies/{SyntheticCt.Study(1)}/metadata");

        await Refused.AssertAsync(first, 422, 802);
    }

    [Fact]
    public async Task A_large_data_set_is_passed_on_before_it_is_whole()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        web.AddSeries(1, 2, 2);
        web.Writer.Texts = 100;
        using var http = Client(web, "application/dicom+json");
        var address = $"studies/{SyntheticCt.Study(1)}/metadata";

        var all = JsonNode.Parse(await http.GetStringAsync(address))!.AsArray();
        Assert.Equal([1, 2], all.Select(one => one!["00200013"]!["Value"]![0]!.GetValue<int>()));
        Assert.All(all, one => Assert.Equal(64 * 1024, one!["00990063"]!.GetValue<string>().Length));
        Assert.InRange(web.Writer.MostHeld, 1, 1_200_000);

        web.Writer.DamagedInstance = "1";
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(address));
    }

    [Theory]
    [InlineData("multipart/related; type=application/octet-stream; transfer-syntax=*")]
    [InlineData("multipart/related; type=\"application/octet-stream\"")]
    [InlineData("*/*")]
    public async Task Frames_are_cut_out_of_a_multi_frame_object(string accept)
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        var key = SyntheticCt.Key(1, 2, 1);
        web.Kept.Add(key, SyntheticCt.DataSet(key, 1, 1, frames: 5), frames: 5);
        using var http = Client(web, accept);

        using var answer = await http.GetAsync($"{Path(key)}/frames/4,2");

        var parts = await MultipartAnswer.PartsAsync(answer);
        const int frame = 512 * 512 * 2;
        var pixels = web.Kept.BytesOf(key)[^(5 * frame)..];
        Assert.Equal([pixels[(3 * frame)..(4 * frame)], pixels[frame..(2 * frame)]], parts.Select(part => part.Bytes));
        Assert.All(parts, part => Assert.Equal("application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1", part.ContentType));
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.2")]
    [InlineData("1.2.840.10008.1.2.1.99")]
    public async Task Frames_and_bulk_data_of_big_endian_and_deflated_objects_are_given_in_little_endian(string kept)
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        var key = SyntheticCt.Key(1, 2, 1);
        var dataSet = SyntheticCt.DataSet(key, 1, 1, frames: 3);
        web.Kept.Add(key, PlainDataSetWriter.Turned(dataSet), kept, frames: 3);
        const int frame = 512 * 512 * 2;
        var pixels = dataSet[^(3 * frame)..];

        using var any = Client(web, "*/*");
        for (var turn = 0; turn < 2; turn++) Assert.Equal(pixels, await any.GetByteArrayAsync($"{Path(key)}/bulkdata/7FE00010"));
        using var answer = await any.GetAsync($"{Path(key)}/frames/2");
        var part = Assert.Single(await MultipartAnswer.PartsAsync(answer));
        Assert.Equal(pixels[frame..(2 * frame)], part.Bytes);
        Assert.Equal("application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1", part.ContentType);
        using var stated = Client(web, "multipart/related; type=\"application/octet-stream\"");
        using var first = await stated.GetAsync($"{Path(key)}/frames/1");
        Assert.Equal(pixels[..frame], Assert.Single(await MultipartAnswer.PartsAsync(first)).Bytes);
    }

    [Theory]
    [InlineData("/frames/1")]
    [InlineData("/bulkdata/7FE00010")]
    public async Task An_object_that_is_too_large_to_be_turned_is_not_cut(string below)
    {
        await using var web = await DicomWebUnderTest.StartAsync(new() { MaxTurnedBytes = 100_000 });
        var key = SyntheticCt.Key(1, 2, 1);
        web.Kept.Add(key, PlainDataSetWriter.Turned(SyntheticCt.DataSet(key, 1, 1)), "1.2.840.10008.1.2.2");
        using var http = Client(web, "*/*");

        await Refused.AssertAsync(await http.GetAsync(Path(key) + below), 422, 810);
    }

    [Fact]
    public async Task Frames_of_an_object_without_pixels_are_not_found()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        var key = SyntheticCt.Key(1, 2, 1);
        web.Kept.Add(key, SyntheticCt.Document(key, "1.2.840.10008.5.1.4.1.1.104.1", [1, 2]), frames: 0);
        using var http = Client(web, "image/jpeg");

        await Refused.AssertAsync(await http.GetAsync($"{Path(key)}/frames/1"), 404, 884);
    }

    [Theory]
    [InlineData("multipart/related; type=\"image/jpeg\"", "image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.50")]
    [InlineData("multipart/related; type=application/octet-stream; transfer-syntax=*", "application/octet-stream; transfer-syntax=1.2.840.10008.1.2.4.50")]
    public async Task Compressed_frames_are_given_as_they_are_with_their_fragments_joined(string accept, string type)
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        var key = SyntheticCt.Key(1, 2, 1);
        web.Kept.Add(key, SyntheticCt.Encapsulated(key, [1, 2, 3, 4], [5, 6, 7, 8, 9, 10]), Jpeg, frames: 2);
        using var http = Client(web, accept);

        using var answer = await http.GetAsync($"{Path(key)}/frames/2");

        var part = Assert.Single(await MultipartAnswer.PartsAsync(answer));
        Assert.Equal([5, 6, 7, 8, 9, 10], part.Bytes);
        Assert.Equal(type, part.ContentType);
        using var other = await http.GetAsync($"{Path(key)}/frames/1");
        Assert.Equal([1, 2, 3, 4], Assert.Single(await MultipartAnswer.PartsAsync(other)).Bytes);
        Assert.Equal(1, web.Writer.FrameSearches);
    }

    [Fact]
    public async Task A_baseline_JPEG_is_rendered_as_it_is_and_nothing_else_is()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        var (picture, ct) = (SyntheticCt.Key(1, 2, 1), SyntheticCt.Key(2, 2, 1));
        web.Kept.Add(picture, SyntheticCt.Encapsulated(picture, [1, 2, 3, 4]), Jpeg);
        web.Kept.Add(ct, SyntheticCt.DataSet(ct, 1, 1));
        using var http = Client(web, "image/jpeg");

        using var given = await http.GetAsync($"{Path(picture)}/rendered");
        using var asFrame = await http.GetAsync($"{Path(picture)}/frames/1");
        using var windowed = await http.GetAsync($"{Path(picture)}/rendered?window=40,400,linear");
        using var refused = await http.GetAsync($"{Path(ct)}/thumbnail");

        Assert.Equal("image/jpeg", given.Content.Headers.ContentType!.MediaType);
        Assert.Equal([1, 2, 3, 4], await given.Content.ReadAsByteArrayAsync());
        Assert.Equal([1, 2, 3, 4], await asFrame.Content.ReadAsByteArrayAsync());
        await Refused.AssertAsync(windowed, 406, 883);
        await Refused.AssertAsync(refused, 406, 883);
    }

    [Fact]
    public async Task Several_instances_are_no_one_picture_but_have_a_thumbnail()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        var (one, other) = (SyntheticCt.Key(1, 2, 1), SyntheticCt.Key(1, 2, 2));
        web.Kept.Add(one, SyntheticCt.Encapsulated(one, [1, 2, 3, 4]), Jpeg);
        using var http = Client(web, "image/jpeg");
        var series = $"studies/{one.StudyInstanceUid}/series/{one.SeriesInstanceUid}";
        Assert.Equal([1, 2, 3, 4], await http.GetByteArrayAsync($"{series}/rendered"));

        web.Kept.Add(other, SyntheticCt.Encapsulated(other, [5, 6]), Jpeg);

        await Refused.AssertAsync(await http.GetAsync($"{series}/rendered"), 406, 886);
        await Refused.AssertAsync(await http.GetAsync($"studies/{one.StudyInstanceUid}/rendered"), 406, 886);
        Assert.Equal([1, 2, 3, 4], await http.GetByteArrayAsync($"{series}/thumbnail"));
        Assert.Equal([5, 6], await http.GetByteArrayAsync($"{Path(other)}/rendered"));
    }

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.1.104.1", "application/pdf", "inline")]
    [InlineData("1.2.840.10008.5.1.4.1.1.104.2", "text/xml", "attachment")]
    public async Task A_file_in_a_data_set_is_rendered_as_that_file(string type, string media, string disposition)
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        var key = SyntheticCt.Key(1, 2, 1);
        // Of odd length, so with a zero behind it.
        byte[] file = [.. "%synthetic"u8, 0x0A];
        web.Kept.Add(key, SyntheticCt.Document(key, type, file), type: type);
        using var http = Client(web, "text/html, */*;q=0.1");
        using var given = await http.GetAsync($"{Path(key)}/rendered");
        Assert.Equal((media, disposition), (given.Content.Headers.ContentType!.MediaType, given.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal(file, await given.Content.ReadAsByteArrayAsync());
        using var asked = Client(web, "image/jpeg");
        await Refused.AssertAsync(await asked.GetAsync($"{Path(key)}/rendered"), 406, 886);
    }

    [Theory]
    [InlineData("/frames/0", 400, 705)]
    [InlineData("/frames/1,,2", 400, 705)]
    [InlineData("/frames/2", 404, 884)]
    [InlineData("/frames/99999999999", 400, 705)]
    [InlineData("/bulkdata/..%2F..%2Fetc", 404, 884)]
    [InlineData("/bulkdata/7fe00010", 404, 884)]
    [InlineData("/bulkdata/00081140/1", 404, 884)]
    [InlineData("/bulkdata/00091001", 404, 701)]
    public async Task What_the_object_does_not_have_is_refused(string below, int status, int code)
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        var key = SyntheticCt.Key(1, 2, 1);
        web.Kept.Add(key, SyntheticCt.DataSet(key, 1, 1));
        using var http = Client(web, "*/*");

        using var answer = await http.GetAsync(Path(key) + below);

        await Refused.AssertAsync(answer, status, code);
    }

    [Fact]
    public async Task The_cookie_of_the_console_is_a_view_and_nothing_of_another_study_is_told()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        web.AddSeries(1, 2, 1);
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = web.Address };
        http.DefaultRequestHeaders.Add("Cookie", $"{ConsoleCookie.Name}=Citizen");

        using var seen = await http.GetAsync($"studies/{SyntheticCt.Study(1)}/metadata");
        using var none = await http.GetAsync("studies/1.2.3/metadata");

        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        Assert.Equal([ImagingUse.View, ImagingUse.View], web.Kept.Uses);
        await Refused.AssertAsync(none, 404, 701);
    }

    [Fact]
    public async Task Who_has_no_scope_for_images_gets_none_and_deleting_is_unknown()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        web.AddSeries(1, 2, 1);
        using var http = web.Client("Clinician::system|ImagingStudy.s");

        using var refused = await http.GetAsync($"studies/{SyntheticCt.Study(1)}");
        using var deleted = await http.DeleteAsync($"studies/{SyntheticCt.Study(1)}");

        await Refused.AssertAsync(refused, 403, 561);
        await Refused.AssertAsync(deleted, 405, 707);
    }

    private static string Path(InstanceKey key) => $"studies/{key.StudyInstanceUid}/series/{key.SeriesInstanceUid}/instances/{key.SopInstanceUid}";

    private static HttpClient Client(DicomWebUnderTest web, string accept)
    {
        var http = web.Client();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);
        return http;
    }

    private static async Task<HttpResponseMessage> RangeAsync(HttpClient http, string path, RangeItemHeaderValue range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(range.From, range.To) } };
        return await http.SendAsync(request);
    }
}
