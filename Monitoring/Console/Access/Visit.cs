using System.Globalization;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace EHealthPlus.Monitoring.Console.Access;

/// <summary>One request of a person who is signed in (or about to): who, in which language, in which theme.</summary>
internal sealed class Visit
{
    public const string LanguageCookie = "ehealthplus-language";
    public const string ThemeCookie = "ehealthplus-theme";

    public Visit(HttpContext http)
    {
        Http = http;
        Principal = AccessPrincipal.From(http.User);
        Language = LanguageOf(http.Request);
        Theme = http.Request.Cookies[ThemeCookie] is "light" or "dark" ? http.Request.Cookies[ThemeCookie]! : "auto";
        Now = Get<TimeProvider>().GetUtcNow();
        Here = http.Request.Path + http.Request.QueryString;
    }

    public HttpContext Http { get; }

    /// <summary>Null before sign-in only: a gate stands before every page but that one.</summary>
    public AccessPrincipal? Principal { get; }

    /// <summary>From where, for the audit.</summary>
    public AuditOrigin Origin => AuditOrigin.Of(Http.Connection.RemoteIpAddress, Http.Connection.ClientCertificate);

    public Language Language { get; }

    public string Theme { get; }

    public DateTimeOffset Now { get; }

    public CancellationToken Aborted => Http.RequestAborted;

    public bool SeesPatientData => Principal is { SeesPatientData: true };

    /// <summary>Path and query: where to come back to. A page that answers a form says where it can be asked for.</summary>
    public string Here { get; set; }

    /// <summary>Why the form that led here was refused: the number in the address, where it is one.</summary>
    public RejectionMeaning? Refused =>
        int.TryParse(Http.Request.Query["refused"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Enum.IsDefined((RejectionCode)number) ? RejectionTable.Of((RejectionCode)number) : null;

    /// <summary>The page of this hub that a form stands on; the start page where the browser does not say.</summary>
    public string CameFrom => Uri.TryCreate(Http.Request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == Http.Request.Host.Value ? page.PathAndQuery : "/";

    public HtmlBuilder NewHtml() => new(Language);

    /// <summary>After a form was acted on: the page to show for it. Loading that again does not send the form again (RFC 9110 15.4.4).</summary>
    public Task SeeOther(string path)
    {
        Http.Response.StatusCode = StatusCodes.Status303SeeOther;
        Http.Response.Headers.Location = path;
        return Task.CompletedTask;
    }

    public T Get<T>()
        where T : notnull => Http.RequestServices.GetRequiredService<T>();

    public bool May(Audience audience) => Principal is { } principal && audience.Has(principal);

    /// <summary>
    /// Durable when the task completes: await it before anything is done or leaves. Who hangs up does not take the entry back: what was asked for may
    /// be done all the same.
    /// </summary>
    public Task RecordAsync(string action, string? personId, string target, bool permitted, string reason) =>
        Get<IAuditTrail>().RecordAsync(
            AuditEntry.By(Principal!, Now, action, personId, target, permitted, reason), CancellationToken.None);

    private static Language LanguageOf(HttpRequest request)
    {
        if (request.Cookies[LanguageCookie] is { } chosen) return string.Equals(chosen, "zh", StringComparison.Ordinal) ? Language.Chinese : Language.English;
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var asked)) return Language.English;
        var first = asked
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString())
            .FirstOrDefault(tag => tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("en", StringComparison.OrdinalIgnoreCase));
        return first is not null && first.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Language.Chinese : Language.English;
    }
}
