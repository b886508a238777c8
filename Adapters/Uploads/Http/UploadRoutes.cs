using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace EHealthPlus.Adapters.Uploads.Http;

/// <summary>
/// Files over HTTP. POST /uploads takes one file and answers 202 with its id when it is on disk. A source's token uploads for that source; an
/// integration engineer names the source (query or form field source). GET /uploads/{id} tells how far it is, to those who see no patient data
/// without the file's name; /uploads/{id}/answer gives the answers to the source and to integration engineers.
/// </summary>
internal static class UploadRoutes
{
    private static readonly string[] Types = ["application/hl7-v2", "x-application/hl7-v2+er7", "application/hl7-v2+xml", "text/plain", "application/octet-stream"];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/uploads", ReceiveAsync).AllowAnonymous();
        endpoints.MapGet("/uploads/{id}", ShowAsync).AllowAnonymous();
        endpoints.MapGet("/uploads/{id}/answer", AnswerAsync).AllowAnonymous();
    }

    private static async Task ReceiveAsync(HttpContext http)
    {
        if (await WhoAsync(http) is not { } principal) return;
        if (principal.Role is not (Role.Source or Role.IntegrationEngineer))
        {
            await RefuseAsync(http, principal, new(RejectionCode.RoleNotPermitted, "Files are uploaded by a source, or by an integration engineer for it"));
            return;
        }

        var received = await TakeAsync(http, principal);
        if (!received.Accepted)
        {
            await RefuseAsync(http, principal, received.Rejection);
            return;
        }

        if (IsBrowserForm(http))
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = "/uploads";
            return;
        }

        http.Response.Headers.Location = $"/uploads/{received.Value.Id}";
        await UploadProblem.WriteAsync(http, StatusCodes.Status202Accepted, "application/json", received.Value);
    }

    private static async Task<Result<UploadStatus>> TakeAsync(HttpContext http, AccessPrincipal principal)
    {
        // A form has some bytes around the file; the file itself is measured as it comes.
        var most = http.RequestServices.GetRequiredService<UploadOptions>().MaxUploadBytes;
        var mostOfBody = most + (64 * 1024);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = mostOfBody;
        if (http.Request.ContentLength > mostOfBody) return new Rejection(RejectionCode.FrameTooLarge, $"A file has at most {most} bytes: send several");
        // RFC 9110 section 8.4: bytes that nobody unpacks would be refused as no message, and the sender would look for the fault in the messages.
        if (http.Request.Headers.ContentEncoding is { Count: > 0 } coding && coding.ToString() is not ("" or "identity"))
            return new Rejection(RejectionCode.MediaTypeUnsupported, "Send the file as it is, without a Content-Encoding");

        var receiving = http.RequestServices.GetRequiredService<UploadReceiving>();
        var named = http.Request.Query["source"].ToString();
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)) return Unsupported();
        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return await TakeFormAsync(http, principal, receiving, type, named, RecordAsync);
        if (!Types.Contains(type.MediaType.ToString(), StringComparer.OrdinalIgnoreCase)) return Unsupported();
        var source = SourceOf(principal, named);
        return source.Accepted
            ? await receiving.ReceiveAsync(source.Value, NameOf(http), http.Request.Body, RecordAsync, http.RequestAborted)
            : source.Rejection;

        Task RecordAsync(UploadStatus upload) => AuditAsync(http, principal, AuditAction.Upload, $"upload:{upload.Id}", permitted: true, $"For source {upload.SourceId}");
    }

    /// <summary>RFC 7578. The field source, where it is needed, stands before the file: the file is not kept waiting for what comes after it.</summary>
    private static async Task<Result<UploadStatus>> TakeFormAsync(
        HttpContext http, AccessPrincipal principal, UploadReceiving receiving, MediaTypeHeaderValue type, string named, Func<UploadStatus, Task> record)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > 100) return new Rejection(RejectionCode.BodyInvalid, "The form states no boundary");
        var sections = new MultipartReader(boundary, http.Request.Body) { BodyLengthLimit = null };
        try
        {
            for (var read = 0; read < 16 && await sections.ReadNextSectionAsync(http.RequestAborted) is { } section; read++)
            {
                if (section.AsFileSection() is { FileStream: { } body } file)
                {
                    var source = SourceOf(principal, named);
                    return source.Accepted
                        ? await receiving.ReceiveAsync(source.Value, file.FileName, body, record, http.RequestAborted)
                        : source.Rejection;
                }

                if (section.AsFormDataSection() is { Name: "source" } field) named = await ShortAsync(field, http.RequestAborted);
            }
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            return new Rejection(RejectionCode.BodyInvalid, "The form cannot be read");
        }

        return new Rejection(RejectionCode.BodyInvalid, "The form holds no file");
    }

    private static async Task<string> ShortAsync(FormMultipartSection field, CancellationToken cancellationToken)
    {
        var letters = new char[100];
        using var reader = new StreamReader(field.Section.Body);
        var count = await reader.ReadBlockAsync(letters, cancellationToken);
        return new(letters, 0, count);
    }

    private static Result<string> SourceOf(AccessPrincipal principal, string named)
    {
        if (principal.Role == Role.Source)
        {
            return principal.SourceId is { } own && (named.Length == 0 || named == own)
                ? own
                : new Rejection(RejectionCode.SourceNotOfChannel, "The token belongs to another source");
        }

        return named.Length > 0 ? named : new Rejection(RejectionCode.BodyInvalid, "Say for which source: /uploads?source=ID, or the form field source before the file");
    }

    private static string NameOf(HttpContext http)
    {
        if (http.Request.Query["name"].ToString() is { Length: > 0 } name) return name;
        return ContentDispositionHeaderValue.TryParse(http.Request.Headers.ContentDisposition.ToString(), out var stated)
            ? HeaderUtilities.RemoveQuotes(stated.FileNameStar.HasValue ? stated.FileNameStar : stated.FileName).ToString()
            : "upload.hl7";
    }

    private static async Task ShowAsync(HttpContext http)
    {
        if (await FoundAsync(http, [Role.Source, Role.IntegrationEngineer, Role.Operator, Role.Administrator]) is not var (principal, upload)) return;
        // Senders put patients' names into the names of files.
        var named = principal.Role is Role.Source or Role.IntegrationEngineer;
        await UploadProblem.WriteAsync(http, StatusCodes.Status200OK, "application/json", named ? upload : upload with { Name = upload.Id, Answer = null });
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        if (await FoundAsync(http, [Role.Source, Role.IntegrationEngineer]) is not var (principal, upload)) return;
        await using var answer = http.RequestServices.GetRequiredService<IUploads>().OpenAnswer(upload.Id);
        if (answer is null)
        {
            await UploadProblem.WriteAsync(http, RejectionCode.ResourceNotFound, upload.Finished ? "The answer file was taken away" : "The answers are not complete yet");
            return;
        }

        await AuditAsync(http, principal, AuditAction.ViewMessage, $"upload:{upload.Id}", permitted: true, $"Acknowledgements for source {upload.SourceId}");
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(upload.Answer);
        http.Response.ContentType = upload.Answer!.EndsWith(".xml", StringComparison.Ordinal) ? "application/hl7-v2+xml" : "application/hl7-v2";
        http.Response.ContentLength = answer.Length;
        http.Response.Headers.ContentDisposition = disposition.ToString();
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await answer.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    /// <returns>Null where the answer was given already. A source learns nothing of the uploads of others.</returns>
    private static async Task<(AccessPrincipal Principal, UploadStatus Upload)?> FoundAsync(HttpContext http, Role[] roles)
    {
        if (await WhoAsync(http) is not { } principal) return null;
        var upload = http.RequestServices.GetRequiredService<IUploads>().Get((string)http.Request.RouteValues["id"]!);
        if (!roles.Contains(principal.Role))
        {
            await UploadProblem.WriteAsync(http, RejectionCode.RoleNotPermitted);
            return null;
        }

        if (upload is not null && (principal.Role != Role.Source || upload.SourceId == principal.SourceId)) return (principal, upload);
        await UploadProblem.WriteAsync(http, RejectionCode.ResourceNotFound, "There is no upload of that id");
        return null;
    }

    /// <summary>
    /// Who asks; a post by the console's cookie must come from a page of the console itself: another site's form would carry the cookie too,
    /// were it not SameSite=Strict.
    /// </summary>
    private static async Task<AccessPrincipal?> WhoAsync(HttpContext http)
    {
        var sent = http.Request.Headers.ContainsKey(HeaderNames.Authorization);
        if (AccessPrincipal.From(http.User) is not { } principal)
        {
            if (CredentialRefusal.Of(http.User) is { } refusal) await UploadProblem.WriteAsync(http, refusal);
            else await UploadProblem.WriteAsync(http, sent ? RejectionCode.CredentialInvalid : RejectionCode.CredentialMissing);
            return null;
        }

        if (sent || HttpMethods.IsGet(http.Request.Method) || FromOwnPage(http.Request)) return principal;
        await UploadProblem.WriteAsync(http, RejectionCode.CredentialMissing, "A post needs the Authorization header");
        return null;
    }

    /// <summary>By Fetch Metadata; over plain HTTP browsers send it to this machine only, then by Origin (RFC 6454 section 7).</summary>
    private static bool FromOwnPage(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site == "same-origin";
        return Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
            && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task RefuseAsync(HttpContext http, AccessPrincipal principal, Rejection rejection)
    {
        await AuditAsync(http, principal, AuditAction.Upload, AuditAction.Upload, permitted: false, rejection.ToString());
        if (IsBrowserForm(http))
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = $"/uploads?refused={(int)rejection.Code}";
            return;
        }

        await UploadProblem.WriteAsync(http, rejection);
    }

    private static bool IsBrowserForm(HttpContext http) => http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Who hangs up does not take the entry back: what was sent may be kept all the same.</summary>
    private static Task AuditAsync(HttpContext http, AccessPrincipal principal, string action, string target, bool permitted, string reason) =>
        http.RequestServices.GetRequiredService<IAuditTrail>().RecordAsync(
            AuditEntry.By(principal, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(), action, null, target, permitted, reason),
            CancellationToken.None);

    private static Rejection Unsupported() => new(
        RejectionCode.MediaTypeUnsupported, "Send application/hl7-v2, application/hl7-v2+xml, or multipart/form-data with one file");
}
