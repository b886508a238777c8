using System.Text.Json;
using System.Text.Json.Serialization;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Notices;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Adapters.Notices.Http;

/// <summary>
/// GET and PUT /notices/choice, GET /notices: a citizen's own, or for a registrar those of the citizen that person (an id of the index)
/// names. Refusals are RFC 9457 problem details with the hub's number.
/// </summary>
internal static class NoticeRoutes
{
    private const int Most = 100;
    private const int MostBytes = 8 * 1024;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/notices", http => EnterAsync(http, AuditAction.Read, ListAsync)).AllowAnonymous();
        endpoints.MapGet("/notices/choice", http => EnterAsync(http, AuditAction.Read, ShowChoiceAsync)).AllowAnonymous();
        endpoints.MapPut("/notices/choice", http => EnterAsync(http, AuditAction.NoticeChoice, ChooseAsync)).AllowAnonymous();
    }

    private static async Task EnterAsync(HttpContext http, string action, Func<HttpContext, AccessPrincipal, Person, Task> answer)
    {
        if (AccessPrincipal.From(http.User) is not { } principal)
        {
            await RefuseAsync(http, CredentialRefusal.Of(http.User) ?? new(RejectionCode.CredentialMissing, "Send Authorization: Bearer"));
            return;
        }

        var persons = http.RequestServices.GetRequiredService<IPersonStore>();
        var person = principal switch
        {
            { Role: Role.Citizen, DocumentNumber: { } number } => await persons.FindByDocumentAsync(number, http.RequestAborted),
            { Role: Role.Registrar } => http.Request.Query["person"].ToString() is { Length: > 0 and <= 64 } id ? await persons.GetAsync(id, http.RequestAborted) : null,
            _ => null,
        };
        var refusal = principal.Role is not (Role.Citizen or Role.Registrar) ? new Rejection(RejectionCode.RoleNotPermitted, "Citizens see and choose their own notices; registrars for them")
            : person is null ? new Rejection(RejectionCode.ResourceNotFound, "No such citizen: a registrar names one with person=ID")
            : null;
        // A choice that is taken is recorded in one commit with it.
        if (refusal is not null || action == AuditAction.Read)
            await http.RequestServices.GetRequiredService<IAuditTrail>().RecordAsync(Entry(http, principal, action, person, refusal), http.RequestAborted);
        if (refusal is not null) await RefuseAsync(http, refusal);
        else await answer(http, principal, person!);
    }

    private static async Task ListAsync(HttpContext http, AccessPrincipal principal, Person person) =>
        await WriteAsync(http, 200, "application/json", await http.RequestServices.GetRequiredService<INotices>().ListAsync(person.Id, Most, http.RequestAborted));

    private static async Task ShowChoiceAsync(HttpContext http, AccessPrincipal principal, Person person) => await WriteAsync(
        http, 200, "application/json",
        ChoiceBody.Of(await http.RequestServices.GetRequiredService<INotices>().ChoiceAsync(person.Id, http.RequestAborted) ?? NoticeChoice.Unmade(person.Id)));

    private static async Task ChooseAsync(HttpContext http, AccessPrincipal principal, Person person)
    {
        var choice = await ReadAsync(http, person);
        if (!choice.Accepted)
        {
            await RefuseAsync(http, choice.Rejection);
            return;
        }

        var entry = Entry(http, principal, AuditAction.NoticeChoice, person, null) with { Reason = $"notices by {choice.Value.Channel.ToString().ToLowerInvariant()}" };
        await http.RequestServices.GetRequiredService<INotices>().ChooseAsync(choice.Value, entry, http.RequestAborted);
        await WriteAsync(http, 200, "application/json", ChoiceBody.Of(choice.Value));
    }

    private static async Task<Result<NoticeChoice>> ReadAsync(HttpContext http, Person person)
    {
        try
        {
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBytes;
            var body = await JsonSerializer.DeserializeAsync<ChoiceBody>(http.Request.Body, Options, http.RequestAborted);
            return body is null ? new Rejection(RejectionCode.BodyInvalid, "The body is empty") : body.Read(person.Id);
        }
        catch (JsonException fault)
        {
            return new Rejection(RejectionCode.BodyInvalid, $"The body is no such choice: line {(fault.LineNumber ?? 0) + 1}");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, as \ud800: JSON to the parser, and no text to who reads it.
            return new Rejection(RejectionCode.BodyInvalid, "The body holds text that is not Unicode");
        }
        catch (BadHttpRequestException)
        {
            return new Rejection(RejectionCode.BodyTooLarge, "A choice has up to 8 KB");
        }
    }

    private static AuditEntry Entry(HttpContext http, AccessPrincipal principal, string action, Person? person, Rejection? refusal) => AuditEntry.By(
        principal, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(), action, person?.Id, "Notice", refusal is null,
        refusal is null ? "own notices, or by the registrar" : $"{(int)refusal.Code} {refusal.Code}");

    private static Task RefuseAsync(HttpContext http, Rejection rejection)
    {
        var meaning = RejectionTable.Of(rejection.Code);
        if (meaning.HttpStatus == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer";
        return WriteAsync(http, meaning.HttpStatus, "application/problem+json", new
        {
            type = $"/rejections#{(int)rejection.Code}", title = meaning.English, status = meaning.HttpStatus, detail = rejection.Detail, rejection = (int)rejection.Code, code = rejection.Code.ToString(),
        });
    }

    private static async Task WriteAsync<T>(HttpContext http, int status, string contentType, T value)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await JsonSerializer.SerializeAsync(http.Response.Body, value, Options, http.RequestAborted);
    }
}
