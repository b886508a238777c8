using System.Text;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>The parameters of a search as stated: those of the address and, for POST, those of the form.</summary>
internal static class StatedParameters
{
    /// <returns>Rejections MediaTypeUnsupported, BodyTooLarge.</returns>
    public static async Task<Result<List<KeyValuePair<string, string>>>> ReadAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        var stated = Flatten(http.Query);
        if (!HttpMethods.IsPost(http.Method)) return stated;
        if (ContentNegotiation.RefuseBody(http, ContentNegotiation.Form) is { } unsupported) return unsupported;
        var body = await RequestBody.ReadAsync(http, cancellationToken);
        if (!body.Accepted) return body.Rejection;
        stated.AddRange(Flatten(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Value))));
        return stated;
    }

    private static List<KeyValuePair<string, string>> Flatten(IEnumerable<KeyValuePair<string, StringValues>> parameters) =>
        [.. parameters.SelectMany(pair => pair.Value.Select(value => new KeyValuePair<string, string>(pair.Key, value ?? "")))];
}
