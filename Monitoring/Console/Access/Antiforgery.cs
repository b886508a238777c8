using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Routing.Contracts.Access;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Monitoring.Console.Access;

/// <summary>
/// Form tokens bound to the session: an HMAC keyed with the bearer token, which a foreign page cannot read. Nothing is stored, and
/// any process of the hub can check it. A request that carries the Authorization header needs none: a browser never adds that by itself.
/// </summary>
internal static class Antiforgery
{
    public const string Field = "antiforgery";

    private static readonly byte[] Purpose = "ehealthplus-console-form"u8.ToArray();

    public static string TokenFor(HttpContext http) =>
        http.Request.Cookies[ConsoleCookie.Name] is { Length: > 0 } session
            ? Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(session), Purpose))
            : "";

    /// <summary>False where the post came from a form that this session was not given.</summary>
    public static async ValueTask<bool> HoldsAsync(HttpContext http)
    {
        if (!SameOrigin(http)) return false;
        if (http.Request.Headers.ContainsKey("Authorization")) return true;
        var expected = TokenFor(http);
        if (expected.Length == 0) return false;
        var given = http.Request.HasFormContentType
            ? (await FormReading.ReadAsync(http, FormLimits.Message))?[Field].ToString() ?? ""
            : http.Request.Headers["X-Antiforgery"].ToString();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
    }

    /// <summary>False where the browser says that another site sent the request (Fetch Metadata).</summary>
    public static bool SameOrigin(HttpContext http) =>
        http.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
}
