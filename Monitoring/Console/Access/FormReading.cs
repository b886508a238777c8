using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EHealthPlus.Monitoring.Console.Access;

/// <summary>Reads the form of a request once, within its limits.</summary>
internal static class FormReading
{
    /// <param name="mostBytes">Of the body; null leaves it to the limits of the form.</param>
    /// <returns>Null where the body is no form, cannot be read as one, or is over the limits.</returns>
    public static async ValueTask<IFormCollection?> ReadAsync(HttpContext http, FormOptions limits, long? mostBytes = null)
    {
        if (!http.Request.HasFormContentType) return null;
        if (mostBytes is not null && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = mostBytes;
        try
        {
            return await http.Request.ReadFormAsync(limits, http.RequestAborted);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or BadHttpRequestException)
        {
            return null;
        }
    }
}
