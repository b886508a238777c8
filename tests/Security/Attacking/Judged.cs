using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace EHealthPlus.Tests.Security.Attacking;

/// <summary>An answer of the hub, and what is wrong with it whatever was asked.</summary>
internal sealed partial record Judged(string Asked, int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>In place of a status, where the connection was closed on a body that was still coming.</summary>
    public const int Cut = 0;

    /// <summary>Assets are named by their content and cached for good; a certificate and a revocation list are public.</summary>
    private bool IsPublicFile => Status == 200 && PublicFile().IsMatch(Asked);

    /// <summary>What is no HTTP is refused by the server itself, before any interface: without a body, and the connection ends.</summary>
    private bool IsOfTheServer => Status == 400 && Body.Length == 0 && !Headers.ContainsKey("Content-Type") && Headers.GetValueOrDefault("Connection") is "close";

    /// <summary>Sends the request and reads the answer to its end.</summary>
    public static async Task<Judged> AskAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = $"{request.Method} {request.RequestUri}";
        HttpResponseMessage sent;
        try
        {
            sent = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException cut) when (request.Content is not null && cut.InnerException is IOException)
        {
            // A body that is too long is not read to its end: the hub answers and closes, and this library sees the closing first.
            return new(asked, Cut, "", new Dictionary<string, string>());
        }

        using var answer = sent;
        // The stream of the flow page never ends.
        var body = answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        var headers = answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new(asked, (int)answer.StatusCode, body, headers);
    }

    public static async Task<Judged> AskAsync(HttpClient http, string method, string path, HttpContent? body = null)
    {
        // As it is written: the library would take dots and escapes out of the path before anybody could object to them.
        var address = new Uri(http.BaseAddress!.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new(method), address) { Content = body };
        return await AskAsync(http, request, TestContext.Current.CancellationToken);
    }

    /// <returns>What it tells that no caller should learn, or what it does not say that every caller's browser should hear; empty where all is well.</returns>
    public IReadOnlyList<string> Faults()
    {
        if (Status == Cut || IsOfTheServer) return [];
        List<string> faults = [];
        if (Status >= 500 && Status != (int)HttpStatusCode.ServiceUnavailable) faults.Add("answered as a fault of the hub");
        // What the caller wrote into the address may come back, in the box of a search.
        var echo = Uri.UnescapeDataString(Asked);
        if (Telltale().Matches(Body).FirstOrDefault(told => !echo.Contains(told.Value, StringComparison.Ordinal)) is { } told) faults.Add($"tells '{told.Value}'");
        if (Markup().IsMatch(Body) && Headers.GetValueOrDefault("Content-Type", "").Contains("html", StringComparison.Ordinal)) faults.Add("shows markup that was sent as markup");
        foreach (var (name, value) in Headers)
        {
            if (name is "Server" or "X-Powered-By" or "X-AspNet-Version") faults.Add($"names its software in {name}");
            if (Telltale().Match(value) is { Success: true } header) faults.Add($"tells '{header.Value}' in {name}");
        }

        Needs(faults, "X-Content-Type-Options", "nosniff");
        Needs(faults, "Content-Security-Policy", "frame-ancestors 'none'");
        Needs(faults, "Content-Security-Policy", "default-src 'none'");
        Needs(faults, "Referrer-Policy", "");
        Needs(faults, "Strict-Transport-Security", "max-age=");
        if (!IsPublicFile) Needs(faults, "Cache-Control", "no-store");
        if (Headers.TryGetValue("Content-Security-Policy", out var policy) && policy.Contains("unsafe-", StringComparison.Ordinal)) faults.Add("lets inline scripts run");
        if (Headers.ContainsKey("Access-Control-Allow-Origin")) faults.Add("is open to scripts of other sites");
        if (Headers.TryGetValue("Location", out var location) && LeavesHub(location)) faults.Add($"sends the browser to {location}");
        return [.. faults.Select(fault => $"{Asked}: {Status} {fault}\n{Body[..Math.Min(Body.Length, 300)]}")];
    }

    private static bool LeavesHub(string location) =>
        !location.StartsWith('/') || location.StartsWith("//", StringComparison.Ordinal) || location.StartsWith("/\\", StringComparison.Ordinal);

    private void Needs(List<string> faults, string header, string part)
    {
        if (!Headers.TryGetValue(header, out var value) || !value.Contains(part, StringComparison.Ordinal)) faults.Add($"has no {header} {part}");
    }

    // Frames of a stack trace, names of .NET's types, paths of this machine, SQL.
    [GeneratedRegex(
        @"\bat [A-Z]\w+\.\w+[.(]|\b(System|Microsoft|EHealthPlus|MassTransit|Dapper)\.[A-Z]\w+|\w+Exception\b|\.cs:line|(?<![\w:/.])/(work|tmp|root|home|usr|var|etc|proc)/|\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) \w|SQLite|sqlite|DeveloperExceptionPage",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Telltale();

    [GeneratedRegex(@"<script>\s*window\.|<img src=x|href=""javascript:")]
    private static partial Regex Markup();

    [GeneratedRegex(@"/assets/|/certificates/(authority\.pem|revoked\.crl)")]
    private static partial Regex PublicFile();
}
