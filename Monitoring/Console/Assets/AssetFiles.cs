using System.Collections.Frozen;
using System.Security.Cryptography;
using EHealthPlus.Monitoring.Console.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EHealthPlus.Monitoring.Console.Assets;

/// <summary>Style sheets, scripts and the mark: embedded in the assembly, addressed by their content, cached for good.</summary>
internal static class AssetFiles
{
    private const string Prefix = "EHealthPlus.Monitoring.Console.Assets.";

    private static readonly FrozenDictionary<string, Asset> ByName = Load();

    public static string UrlOf(string name) => $"/assets/{name}?v={ByName[name].Version}";

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapReading("/assets/{name}", AnswerAsync).AllowAnonymous();

    private static async Task AnswerAsync(HttpContext http)
    {
        if (!ByName.TryGetValue((string)http.Request.RouteValues["name"]!, out var asset))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = asset.ContentType;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.ContentLength = asset.Bytes.Length;
        await http.Response.Body.WriteAsync(asset.Bytes, http.RequestAborted);
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = typeof(AssetFiles).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..], name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return new Asset(bytes, TypeOf(name), Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6)));
            }, StringComparer.Ordinal);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };

    private sealed record Asset(byte[] Bytes, string ContentType, string Version);
}
