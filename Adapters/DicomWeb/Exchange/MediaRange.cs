using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Adapters.DicomWeb.Exchange;

/// <summary>One range of Accept (RFC 9110 12.5.1, PS3.18-2024 8.7.4).</summary>
/// <param name="Media">Lower case; of multipart/related the type of its parts.</param>
/// <param name="Multipart">It stands inside of multipart/related; false for a body of its own.</param>
/// <param name="TransferSyntax">The parameter transfer-syntax; * for what is kept; null where it is not stated.</param>
internal sealed record MediaRange(string Media, bool Multipart, string? TransferSyntax, double Quality)
{
    private const string Related = "multipart/related";
    private const int Most = 32;

    public const string Anything = "*/*";

    public bool TakesAnything => Media is Anything;

    /// <summary>Best first, those of quality 0 left out. The query parameter accept goes before the header (PS3.18-2024 8.3.3.1).</summary>
    /// <returns>Empty where nothing is asked for in particular.</returns>
    public static IReadOnlyList<MediaRange> Of(HttpRequest request)
    {
        string?[] stated = request.Query.TryGetValue("accept", out var asked) ? [.. asked] : [.. request.Headers.Accept];
        return [.. stated.SelectMany(value => Parse(value ?? "")).Where(range => range.Quality > 0).Take(Most).OrderByDescending(range => range.Quality)];
    }

    /// <summary>
    /// Clients also send parameters with a slash or an asterisk and no quotation marks, which RFC 9110 does not allow: they are read as they are meant.
    /// </summary>
    private static IEnumerable<MediaRange> Parse(string header)
    {
        foreach (var range in Split(header, ','))
        {
            var parts = Split(range, ';').ToArray();
            var media = parts[0].Trim().ToLowerInvariant();
            if (media.Length == 0) continue;
            string? inner = null, syntax = null;
            var quality = 1.0;
            foreach (var part in parts.Skip(1))
            {
                var cut = part.IndexOf('=', StringComparison.Ordinal);
                if (cut < 0) continue;
                var value = part[(cut + 1)..].Trim().Trim('"').Trim();
                switch (part[..cut].Trim().ToLowerInvariant())
                {
                    case "type": inner = value.ToLowerInvariant(); break;
                    case "transfer-syntax": syntax = value; break;
                    case "q": quality = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var stated) ? stated : 0; break;
                    default: break;
                }
            }

            yield return media is Related ? new(inner ?? Anything, true, syntax, quality) : new(media is "*" ? Anything : media, false, syntax, quality);
        }
    }

    private static IEnumerable<string> Split(string text, char separator)
    {
        var (start, quoted) = (0, false);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '"') quoted = !quoted;
            if (text[at] != separator || quoted) continue;
            yield return text[start..at];
            start = at + 1;
        }

        yield return text[start..];
    }
}
