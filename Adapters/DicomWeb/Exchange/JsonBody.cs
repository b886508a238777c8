using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Adapters.DicomWeb.Exchange;

/// <summary>A body of application/dicom+json that is written as it comes to be, compressed where the client takes it (RFC 9110 12.5.3).</summary>
internal sealed class JsonBody : IAsyncDisposable
{
    private const string Media = "application/dicom+json";

    private readonly HttpResponse response;
    private readonly Stream? compressed;

    private JsonBody(HttpResponse response, Stream? compressed)
    {
        this.response = response;
        this.compressed = compressed;
        Writer = compressed is null ? response.BodyWriter : PipeWriter.Create(compressed);
    }

    public PipeWriter Writer { get; }

    /// <summary>False where Accept allows no DICOM JSON.</summary>
    public static bool IsAccepted(HttpRequest request)
    {
        var ranges = MediaRange.Of(request);
        return (ranges.Count == 0 && request.Headers.Accept.Count == 0)
            || ranges.Any(range => !range.Multipart && range.Media is MediaRange.Anything or "application/*" or Media or "application/json");
    }

    public static JsonBody Begin(HttpContext http, int status = StatusCodes.Status200OK)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = Media;
        response.Headers.Vary = "Accept, Accept-Encoding";
        var coding = http.Request.GetTypedHeaders().AcceptEncoding
            .Where(asked => asked.Quality is not 0)
            .OrderByDescending(asked => asked.Quality ?? 1)
            .Select(asked => asked.Value.Value?.ToLowerInvariant())
            .FirstOrDefault(asked => asked is "gzip" or "deflate");
        if (coding is null) return new(response, null);
        response.Headers.ContentEncoding = coding;
        var body = response.BodyWriter.AsStream(leaveOpen: true);
        // The deflate of HTTP is that of zlib (RFC 9110 8.4.1.2).
        return new(response, coding is "gzip" ? new GZipStream(body, CompressionLevel.Fastest) : new ZLibStream(body, CompressionLevel.Fastest));
    }

    public async ValueTask DisposeAsync()
    {
        if (compressed is not null)
        {
            await Writer.CompleteAsync();
            await compressed.DisposeAsync();
        }

        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
    }
}
