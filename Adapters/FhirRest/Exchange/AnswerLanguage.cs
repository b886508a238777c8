using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Adapters.FhirRest.Exchange;

/// <summary>The two languages in which refusals are told.</summary>
internal static class AnswerLanguage
{
    /// <summary>Chinese where Accept-Language ranks any Chinese before English; English else.</summary>
    public static string Of(HttpRequest request)
    {
        var ranked = request.GetTypedHeaders().AcceptLanguage
            .Where(range => range.Quality is not 0)
            .OrderByDescending(range => range.Quality ?? 1);
        foreach (var range in ranked)
        {
            if (range.Value.StartsWith("zh", StringComparison.OrdinalIgnoreCase)) return OperationOutcome.Chinese;
            if (range.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase)) return OperationOutcome.English;
        }

        return OperationOutcome.English;
    }
}
