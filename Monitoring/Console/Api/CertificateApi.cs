using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Monitoring.Console.Api;

/// <summary>
/// Client certificates of service locations: listed for those who watch, issued, replaced and revoked by administrators. The authority's own
/// certificate and its revocation list are for anybody.
/// </summary>
internal static class CertificateApi
{
    private const int LongestOverlapDays = 60;

    public static void MapPublic(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapReading("/certificates/authority.pem", http => SendAsync(
            http, "application/x-pem-file", System.Text.Encoding.ASCII.GetBytes(http.RequestServices.GetRequiredService<ICertificateAuthority>().Pem))).AllowAnonymous();
        endpoints.MapReading("/certificates/revoked.crl", http => SendAsync(
            http, "application/pkix-crl", http.RequestServices.GetRequiredService<ICertificateAuthority>().RevocationList())).AllowAnonymous();
    }

    public static Task ListAsync(Visit visit)
    {
        var asked = visit.Http.Request.Query["serviceLocationId"].ToString();
        var certificates = visit.Get<ILocationCertificates>();
        return Json.WriteAsync(visit.Http, asked.Length == 0 ? certificates.All : certificates.OfLocation(asked));
    }

    public static async Task IssueAsync(Visit visit)
    {
        if (await Body.ReadAsync<Request>(visit, "certificate request") is not { } request) return;
        if (request.OverlapDays is < 0 or > LongestOverlapDays)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.BodyInvalid, $"overlapDays is 0 to {LongestOverlapDays}");
            return;
        }

        var location = request.ServiceLocationId ?? "";
        TimeSpan? replacing = request.OverlapDays is { } days ? TimeSpan.FromDays(days) : null;
        var known = RegistryApi.Id().IsMatch(location);
        var target = known ? $"certificate/{location}" : "certificate";
        // Its thumbprint is not known before it is made, and once it is made it counts.
        if (known) await visit.RecordAsync(AuditAction.Register, null, target, permitted: true, $"to be issued{(replacing is null ? "" : ", older ones end")}");
        var issued = known
            ? await visit.Get<ICertificateAuthority>().IssueAsync(location, request.RequestPem ?? "", replacing, CancellationToken.None)
            : new Rejection(RejectionCode.ResourceNotFound, "No service location has such an id");
        await visit.RecordAsync(
            AuditAction.Register, null, target, issued.Accepted, issued.Accepted ? $"issued {issued.Value.Certificate.Thumbprint}" : issued.Rejection.ToString());
        if (issued.Accepted) await Json.WriteAsync(visit.Http, issued.Value, StatusCodes.Status201Created);
        else await Problem.WriteAsync(visit.Http, issued.Rejection);
    }

    public static async Task RevokeAsync(Visit visit)
    {
        if (await Body.ReadAsync<Revocation>(visit, "revocation") is not { Reason: { Length: > 0 and <= 200 } reason })
        {
            if (!visit.Http.Response.HasStarted) await Problem.WriteAsync(visit.Http, RejectionCode.BodyInvalid, "reason has 1 to 200 characters");
            return;
        }

        if (visit.Get<ILocationCertificates>().Find((string)visit.Http.GetRouteValue("thumbprint")!) is not { } certificate)
        {
            var unknown = new Rejection(RejectionCode.ResourceNotFound, "No certificate has that thumbprint");
            await visit.RecordAsync(AuditAction.Register, null, "certificate", permitted: false, unknown.ToString());
            await Problem.WriteAsync(visit.Http, unknown);
            return;
        }

        await visit.RecordAsync(AuditAction.Register, null, $"certificate/{certificate.ServiceLocationId}", permitted: true, $"revoked {certificate.Thumbprint}");
        var revoked = await visit.Get<ICertificateAuthority>().RevokeAsync(certificate.Thumbprint, reason, CancellationToken.None);
        if (revoked.Accepted) await Json.WriteAsync(visit.Http, revoked.Value);
        else await Problem.WriteAsync(visit.Http, revoked.Rejection);
    }

    private static async Task SendAsync(HttpContext http, string type, byte[] bytes)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = bytes.Length;
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    /// <param name="OverlapDays">How long the location's older certificates still hold; not stated: for as long as they say.</param>
    private sealed record Request(string? ServiceLocationId, string? RequestPem, int? OverlapDays);

    private sealed record Revocation(string? Reason);
}
