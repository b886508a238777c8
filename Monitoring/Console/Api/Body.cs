using System.Text.Json;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EHealthPlus.Monitoring.Console.Api;

/// <summary>Reads the JSON body of a request that changes a register.</summary>
internal static class Body
{
    private const int MostBytes = 64 * 1024;

    /// <param name="kind">What it should be, for the answer where it is not.</param>
    /// <returns>Null where the refusal is answered already.</returns>
    public static async Task<T?> ReadAsync<T>(Visit visit, string kind)
        where T : class
    {
        if (visit.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBytes;
        try
        {
            if (await JsonSerializer.DeserializeAsync<T>(visit.Http.Request.Body, Json.Options, visit.Aborted) is { } body) return body;
            await Problem.WriteAsync(visit.Http, RejectionCode.BodyInvalid, $"The body is not such a {kind}");
        }
        catch (JsonException fault)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.BodyInvalid, $"The body is not such a {kind}: {fault.Path ?? "$"} on line {(fault.LineNumber ?? 0) + 1}");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, as \ud800: JSON to the parser, and no text to who reads it.
            await Problem.WriteAsync(visit.Http, RejectionCode.BodyInvalid, $"The body is not such a {kind}: it holds text that is not Unicode");
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.BodyTooLarge, $"A {kind} has at most {MostBytes} bytes");
        }

        return null;
    }
}
