using System.IO.Compression;
using System.Net;
using EHealthPlus.Monitoring.Console.Images;
using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>The bundle of the image viewer, as browsers get it.</summary>
public sealed class ViewerFilesTest : IAsyncDisposable
{
    private readonly FakeHub hub = new();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [InlineData("viewer.js", "text/javascript")]
    [InlineData("decode-worker.js", "text/javascript")]
    [InlineData("openjpegwasm_decode.wasm", "application/wasm")]
    public async Task Each_file_is_the_same_packed_and_plain_and_is_kept_for_good(string name, string type)
    {
        var http = hub.As(Role.Clinician);
        using var packed = new HttpRequestMessage(HttpMethod.Get, ViewerFiles.UrlOf(name)) { Headers = { { "Accept-Encoding", "gzip" } } };

        using var small = await http.SendAsync(packed);
        using var large = await http.GetAsync(ViewerFiles.UrlOf(name));

        Assert.Equal("gzip", Assert.Single(small.Content.Headers.ContentEncoding));
        Assert.Equal(type, small.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", small.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Contains("'wasm-unsafe-eval'", Assert.Single(small.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        await using var unpacked = new GZipStream(await small.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        await unpacked.CopyToAsync(bytes);
        Assert.Equal(bytes.ToArray(), await large.Content.ReadAsByteArrayAsync());
        Assert.True(bytes.Length > 10_000);
    }

    [Fact]
    public async Task What_is_not_in_the_bundle_is_not_there()
    {
        using var answer = await hub.As(Role.Clinician).GetAsync(ViewerFiles.Folder + "..%2Fshell.js");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
