using System.Net;
using System.Net.Http.Headers;

namespace EHealthPlus.Endpoints.Cli.Uploads;

/// <summary>A file as the body of a request: streamed, and told how far it is.</summary>
internal sealed class FileContent : HttpContent
{
    private readonly FileStream file;
    private readonly Action<long> sent;

    public FileContent(string path, Action<long> sent)
    {
        file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        this.sent = sent;
        Headers.ContentType = new MediaTypeHeaderValue(IsXml(file) ? "application/hl7-v2+xml" : "application/hl7-v2");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var buffer = new byte[128 * 1024];
        int read;
        while ((read = await file.ReadAsync(buffer)) > 0)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read));
            sent(file.Position);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = file.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>As the hub tells them apart: by the first character after a byte order mark and space.</summary>
    private static bool IsXml(FileStream file)
    {
        Span<byte> start = stackalloc byte[64];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        var text = start[..read].TrimStart([(byte)0xEF, (byte)0xBB, (byte)0xBF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n']);
        return text is [(byte)'<', ..] or [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..];
    }
}
