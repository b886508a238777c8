using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using EHealthPlus.Monitoring.Console.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EHealthPlus.Monitoring.Console.Images;

/// <summary>
/// The bundle of the image viewer: embedded and compressed by the build, addressed by its content, cached for good. It is sent from the assembly's
/// own pages of memory.
/// </summary>
internal static class ViewerFiles
{
    private const string Prefix = "EHealthPlus.Monitoring.Console.Viewer.";

    // A worker has the policy of its own answer. The decoders are WebAssembly, and nothing else runs here.
    private const string WorkerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

    private static readonly Assembly Assembly = typeof(ViewerFiles).Assembly;
    private static readonly FrozenSet<string> Names = Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]).ToFrozenSet(StringComparer.Ordinal);

    private static readonly string Version = VersionOf();

    /// <summary>Folder of all files.</summary>
    public static string Folder => $"/assets/viewer/{Version}/";

    public static string UrlOf(string name) => Names.Contains(name) ? Folder + name : throw new InvalidOperationException($"The build left {name} out");

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapReading("/assets/viewer/{version}/{name}", AnswerAsync).AllowAnonymous();

    private static async Task AnswerAsync(HttpContext http)
    {
        var name = (string)http.Request.RouteValues["name"]!;
        if (!Names.Contains(name))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = name.EndsWith(".wasm", StringComparison.Ordinal) ? "application/wasm" : "text/javascript; charset=utf-8";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.ContentSecurityPolicy = WorkerPolicy;
        http.Response.Headers.Vary = "Accept-Encoding";
        await using var content = Assembly.GetManifestResourceStream(Prefix + name)!;
        if (http.Request.GetTypedHeaders().AcceptEncoding.Any(coding => coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0))
        {
            http.Response.Headers.ContentEncoding = "gzip";
            http.Response.ContentLength = content.Length;
            await content.CopyToAsync(http.Response.Body, http.RequestAborted);
            return;
        }

        await using var plain = new GZipStream(content, CompressionMode.Decompress);
        await plain.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static string VersionOf()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in Names.Order(StringComparer.Ordinal))
        {
            using var content = Assembly.GetManifestResourceStream(Prefix + name)!;
            hash.AppendData(SHA256.HashData(content));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }
}
