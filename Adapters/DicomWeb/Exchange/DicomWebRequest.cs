using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Adapters.DicomWeb.Exchange;

/// <summary>One request: who asks, and the UIDs of its address.</summary>
internal sealed record DicomWebRequest(HttpContext Context, AccessPrincipal Principal, string? Study, string? Series, string? Instance)
{
    public HttpRequest Http => Context.Request;

    public HttpResponse Response => Context.Response;

    /// <summary>A token in the console's cookie is that of somebody who looks at the images in the viewer; a program sends it in Authorization.</summary>
    public ImagingUse Use => Http.Headers.Authorization.Count == 0 ? ImagingUse.View : ImagingUse.Retrieve;

    /// <summary>The address of the interface, as the client called it.</summary>
    public string BaseUrl => $"{Http.Scheme}://{Http.Host}{DicomWebRoutes.Root}";

    /// <returns>Rejection UidInvalid.</returns>
    public static Result<DicomWebRequest> Read(HttpContext context, AccessPrincipal principal)
    {
        foreach (var name in (string[])["study", "series", "instance"])
        {
            if (Value(name) is { } uid && !Uid.Is(uid)) return new Rejection(RejectionCode.UidInvalid, $"The {name} of the address");
        }

        return new DicomWebRequest(context, principal, Value("study"), Value("series"), Value("instance"));

        string? Value(string name) => context.Request.RouteValues[name] as string;
    }

    /// <summary>Tells what the answer itself has no place for (RFC 7234 5.5, PS3.18-2024 8.3).</summary>
    public void Warn(string text) => Response.Headers.Append("Warning", $"299 {Http.Host} \"{text}\"");

    /// <summary>Where an instance is retrieved from.</summary>
    public string UrlOf(InstanceKey key) => $"{BaseUrl}/studies/{key.StudyInstanceUid}/series/{key.SeriesInstanceUid}/instances/{key.SopInstanceUid}";
}
