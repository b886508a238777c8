using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EHealthPlus.Adapters.DicomWeb;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.DicomWeb;

/// <summary>STOW-RS: who may, what is taken, and what the answer says of each instance.</summary>
public sealed class StoreTests
{
    [Fact]
    public async Task Instances_are_kept_as_they_came_and_named_in_the_answer()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        using var http = web.Client("Source:ct");

        using var answer = await http.PostAsync("studies", Multipart(File(1), File(2), File(3)));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/dicom+json", answer.Content.Headers.ContentType!.MediaType);
        var response = await JsonAsync(answer);
        Assert.Equal($"{web.Address}studies/{SyntheticCt.Study(1)}", Value(response["00081190"]));
        var items = response["00081199"]!["Value"]!.AsArray();
        Assert.Equal([Uid(1), Uid(2), Uid(3)], items.Select(item => Value(item!["00081155"])));
        Assert.Equal($"{web.Address}studies/{SyntheticCt.Study(1)}/series/{SyntheticCt.Key(1, 2, 1).SeriesInstanceUid}/instances/{Uid(1)}", Value(items[0]!["00081190"]));
        Assert.Null(response["00081198"]);
        Assert.Equal(File(2)[^(512 * 1024)..], web.Kept.BytesOf(SyntheticCt.Key(1, 2, 2))[^(512 * 1024)..]);
        Assert.All(web.Kept.Offers, offer => Assert.Equal(("ct", "BIG5", (string?)null), (offer.SourceId, offer.CharacterSet, offer.StudyInstanceUid)));
        Assert.Contains(web.Audit, entry => entry is { Action: "upload", Permitted: true } && entry.Reason.Contains("3 instances", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_with_good_and_bad_instances_keeps_the_good_and_numbers_the_bad()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        using var http = web.Client("Source:ct");
        using var first = await http.PostAsync("studies", Multipart(File(1)));
        var other = File(1);
        other[^1] ^= 1;

        using var answer = await http.PostAsync("studies", Multipart(other, File(1), new byte[100_000], File(2)));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var response = await JsonAsync(answer);
        Assert.Equal([Uid(1), Uid(2)], response["00081199"]!["Value"]!.AsArray().Select(item => Value(item!["00081155"])));
        var failed = Assert.Single(response["00081198"]!["Value"]!.AsArray())!;
        Assert.Equal((Uid(1), SyntheticCt.SopClass), (Value(failed["00081155"]), Value(failed["00081150"])));
        Assert.Equal(RejectionTable.Of(RejectionCode.InstanceConflict).DicomStatus, failed["00081197"]!["Value"]![0]!.GetValue<int>());
        // A number of the hub is in a header: group 0000 is part of no data set.
        Assert.Null(failed["00000902"]);
        Assert.Contains(answer.Headers.Warning, warning => warning.Text.StartsWith("\"851 InstanceConflict: ", StringComparison.Ordinal));
        var unnamed = Assert.Single(response["0008119A"]!["Value"]!.AsArray())!;
        Assert.Equal(RejectionTable.Of(RejectionCode.DataSetInvalid).DicomStatus, unnamed["00081197"]!["Value"]![0]!.GetValue<int>());
        Assert.Equal(2, web.Kept.Count);
    }

    [Fact]
    public async Task A_single_instance_needs_no_parts_and_a_request_to_a_study_takes_no_other()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        using var http = web.Client("Source:ct");
        using var body = new ByteArrayContent(File(1)) { Headers = { ContentType = new("application/dicom") } };

        using var alone = await http.PostAsync($"studies/{SyntheticCt.Study(1)}", body);
        using var another = await http.PostAsync($"studies/{SyntheticCt.Study(9)}", Multipart(File(2)));

        Assert.Equal(HttpStatusCode.OK, alone.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, another.StatusCode);
        Assert.Contains("852", Assert.Single(another.Headers.Warning).Text, StringComparison.Ordinal);
        Assert.Equal(RejectionTable.Of(RejectionCode.InstanceMismatch).DicomStatus, (await JsonAsync(another))["00081198"]!["Value"]![0]!["00081197"]!["Value"]![0]!.GetValue<int>());
        Assert.Equal(1, web.Kept.Count);
    }

    [Fact]
    public async Task A_full_disk_is_told_as_what_passes()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        web.Kept.Closed = new(RejectionCode.StorageFull, "Full");
        using var http = web.Client("Source:ct");

        using var answer = await http.PostAsync("studies", Multipart(File(1)));

        Assert.Equal(RejectionTable.Of(RejectionCode.StorageFull).HttpStatus, (int)answer.StatusCode);
        Assert.Equal(RejectionTable.Of(RejectionCode.StorageFull).DicomStatus, (await JsonAsync(answer))["00081198"]!["Value"]![0]!["00081197"]!["Value"]![0]!.GetValue<int>());
    }

    [Fact]
    public async Task A_source_that_sends_slowly_takes_its_own_places_and_no_other_sources()
    {
        await using var web = await DicomWebUnderTest.StartAsync(new DicomWebOptions { MaxReceiving = 2, MaxReceivingOfSource = 1 });
        using var slow = web.Client("Source:ct");
        using var another = web.Client("Source:mr");
        using var body = new Endless();
        var held = slow.PostAsync("studies", body);
        await body.Begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Eventually(() => web.Kept.Offers.Count == 1);

        using var refused = await slow.PostAsync("studies", Multipart(File(2)));
        using var taken = await another.PostAsync("studies", Multipart(File(3)));
        body.End.SetResult();
        await held;
        using var again = await slow.PostAsync("studies", Multipart(File(2)));

        Assert.Equal(RejectionTable.Of(RejectionCode.BacklogFull).HttpStatus, (int)refused.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (taken.StatusCode, again.StatusCode));
    }

    [Theory]
    [InlineData(null, 401, 515)]
    [InlineData("Clinician", 403, 513)]
    [InlineData("IntegrationEngineer", 403, 513)]
    [InlineData("Source:gone", 403, 301)]
    [InlineData("Source:closed", 403, 302)]
    [InlineData("Source:ct:system|ImagingStudy.rs", 403, 561)]
    public async Task Who_is_no_source_stores_nothing(string? bearer, int status, int code)
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        using var http = web.Client(bearer);

        using var answer = await http.PostAsync("studies", Multipart(File(1)));

        await Refused.AssertAsync(answer, status, code);
        Assert.Equal(0, web.Kept.Count);
    }

    [Theory]
    [InlineData("application/json", 415, 711)]
    [InlineData("multipart/related; type=\"application/dicom+json\"; boundary=x", 415, 711)]
    [InlineData("multipart/related; type=\"application/dicom\"", 400, 706)]
    [InlineData("multipart/related; type=\"application/dicom\"; boundary=another", 400, 706)]
    public async Task What_is_no_store_request_is_refused(string type, int status, int code)
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        using var http = web.Client("Source:ct:ehealthplus|upload");
        using var body = new ByteArrayContent(File(1));
        body.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await http.PostAsync("studies", body);

        await Refused.AssertAsync(answer, status, code);
        Assert.Equal(0, web.Kept.Count);
        Assert.Contains(web.Audit, entry => !entry.Permitted);
    }

    [Fact]
    public async Task A_body_over_the_limit_and_too_many_parts_are_refused()
    {
        await using var web = await DicomWebUnderTest.StartAsync(new DicomWebOptions { MaxStoreBytes = 2_000_000, MaxParts = 2 });
        using var http = web.Client("Source:ct");

        using var large = await http.PostAsync("studies", Multipart(File(1), File(2), File(3), File(4)));
        var nothing = new byte[100_000];
        using var many = await http.PostAsync("studies", Multipart(nothing, nothing, File(3)));

        await Refused.AssertAsync(large, 413, 708);
        await Refused.AssertAsync(many, 413, 708);
    }

    [Theory]
    [InlineData("a part of another type", 711)]
    [InlineData("cut off", 706)]
    [InlineData("one part too many", 708)]
    public async Task What_was_kept_before_the_request_ended_badly_is_told(string how, int code)
    {
        await using var web = await DicomWebUnderTest.StartAsync(new DicomWebOptions { MaxParts = how == "one part too many" ? 2 : 100 });
        using var http = web.Client("Source:ct");
        using var parts = Multipart(File(1), File(2), File(3));
        if (how == "a part of another type") parts.Last().Headers.ContentType = new("text/plain");
        var bytes = await parts.ReadAsByteArrayAsync();
        using var body = new ByteArrayContent(how == "cut off" ? bytes[..^1000] : bytes);
        body.Headers.ContentType = parts.Headers.ContentType;

        using var answer = await http.PostAsync("studies", body);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var response = await JsonAsync(answer);
        Assert.Equal([Uid(1), Uid(2)], response["00081199"]!["Value"]!.AsArray().Select(item => Value(item!["00081155"])));
        Assert.Equal(RejectionTable.Of((RejectionCode)code).DicomStatus, Assert.Single(response["0008119A"]!["Value"]!.AsArray())!["00081197"]!["Value"]![0]!.GetValue<int>());
        Assert.StartsWith($"\"{code} ", Assert.Single(answer.Headers.Warning).Text, StringComparison.Ordinal);
        Assert.Equal(2, web.Kept.Count);
    }

    private static async Task Eventually(Func<bool> holds)
    {
        for (var time = 0; !holds() && time < 400; time++) await Task.Delay(50);
        Assert.True(holds());
    }

    /// <summary>An instance of which the last half comes when it is told to.</summary>
    private sealed class Endless : HttpContent
    {
        public Endless() => Headers.ContentType = new("application/dicom");

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            var file = File(1);
            await stream.WriteAsync(file.AsMemory(0, file.Length / 2));
            await stream.FlushAsync();
            Begun.SetResult();
            await End.Task;
            await stream.WriteAsync(file.AsMemory(file.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private static string Uid(int slice) => SyntheticCt.Key(1, 2, slice).SopInstanceUid;

    private static byte[] File(int slice)
    {
        var key = SyntheticCt.Key(1, 2, slice);
        return [.. SyntheticCt.FileMeta(SyntheticCt.SopClass, key.SopInstanceUid, KeptInMemory.Explicit), .. SyntheticCt.DataSet(key, slice, 4)];
    }

    private static MultipartContent Multipart(params byte[][] files)
    {
        var content = new MultipartContent("related", "part-of-the-tests");
        content.Headers.ContentType!.Parameters.Add(new NameValueHeaderValue("type", "\"application/dicom\""));
        foreach (var file in files) content.Add(new ByteArrayContent(file) { Headers = { ContentType = new("application/dicom") } });
        return content;
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) => JsonNode.Parse(Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()))!;

    private static string Value(JsonNode? attribute) => attribute!["Value"]![0]!.GetValue<string>();
}
