using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>A body of multipart/related (RFC 2387, PS3.18-2024 8.6.1.2), written part by part.</summary>
internal sealed class MultipartBody
{
    // Random, so that no content can hold it.
    private readonly string boundary = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly PipeWriter writer;
    private bool begun;

    private MultipartBody(HttpResponse response, string type)
    {
        response.ContentType = $"multipart/related; type=\"{type}\"; boundary={boundary}";
        response.Headers.Vary = "Accept";
        writer = response.BodyWriter;
    }

    public static MultipartBody Begin(HttpResponse response, string type) => new(response, type);

    /// <param name="length">Bytes of the part, where they are known.</param>
    public void BeginPart(string contentType, string location, long? length)
    {
        var head = $"{(begun ? "\r\n" : "")}--{boundary}\r\nContent-Type: {contentType}\r\n{(length is { } bytes ? $"Content-Length: {bytes}\r\n" : "")}Content-Location: {location}\r\n\r\n";
        begun = true;
        Encoding.ASCII.GetBytes(head, writer);
    }

    public ValueTask EndAsync(CancellationToken cancellationToken)
    {
        Encoding.ASCII.GetBytes($"{(begun ? "\r\n" : "")}--{boundary}--\r\n", writer);
        return StretchCopy.FlushAsync(writer, cancellationToken);
    }
}
