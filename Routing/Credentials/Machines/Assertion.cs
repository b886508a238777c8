using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace EHealthPlus.Routing.Credentials.Machines;

/// <summary>
/// A client assertion as it came (RFC 7523 section 3): a JWT in compact form (RFC 7515 section 7.1). Nothing of it is believed before its
/// signature is verified. Header parameters that bring keys along (jwk, jku, x5c, x5u) are not looked at.
/// </summary>
/// <param name="Signed">The octets that the signature is about.</param>
/// <param name="Algorithm">alg, as claimed.</param>
/// <param name="Audiences">aud, one or several.</param>
/// <param name="Id">jti.</param>
internal sealed record Assertion(
    byte[] Signed, byte[] Signature, string Algorithm, string KeyId, string Issuer, string Subject, IReadOnlyList<string> Audiences, string Id,
    DateTimeOffset ExpiresAt, DateTimeOffset? NotBefore, DateTimeOffset? IssuedAt)
{
    private const int MostCharacters = 8 * 1024;
    private const int MostIdCharacters = 128;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <returns>Null for what is not such a JWT, or lacks a claim that is needed.</returns>
    public static Assertion? Parse(string jwt)
    {
        var parts = jwt.Length > MostCharacters ? [] : jwt.Split('.');
        if (parts.Length != 3 || parts.Any(part => part.Length == 0 || !Base64Url.IsValid(part))) return null;
        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]), Strict);
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]), Strict);
            // crit names extensions that must be understood (RFC 7515 section 4.1.11): none is.
            if (header.RootElement.TryGetProperty("crit", out _)) return null;
            if (Text(header, "alg") is not { } algorithm || Text(header, "kid") is not { } keyId) return null;
            if (Text(claims, "iss") is not { } issuer || Text(claims, "sub") is not { } subject || Text(claims, "jti") is not { } id) return null;
            if (Time(claims, "exp") is not { } expiresAt || id.Length is 0 or > MostIdCharacters) return null;
            return new(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), algorithm, keyId, issuer, subject, Audience(claims), id,
                expiresAt, Time(claims, "nbf"), Time(claims, "iat"));
        }
        catch (Exception unread) when (unread is JsonException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static List<string> Audience(JsonDocument claims) => claims.RootElement.TryGetProperty("aud", out var audience)
        ? audience.ValueKind == JsonValueKind.Array ? [.. audience.EnumerateArray().Select(each => each.GetString()!)] : [audience.GetString()!]
        : [];

    private static string? Text(JsonDocument document, string name) => document.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>NumericDate (RFC 7519 section 2), fractions cut off.</summary>
    private static DateTimeOffset? Time(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out var value) ? DateTimeOffset.FromUnixTimeSeconds((long)value.GetDouble()) : null;
}
