using System.Globalization;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Search;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Adapters.FhirRest.Reading;

/// <summary>
/// What of a history is asked for (FHIR R4 3.1.0.10.1): _count versions at a time, those made at _since or later. The next page begins behind a version, so
/// that one which is made meanwhile moves nothing.
/// </summary>
/// <param name="Versions">Newest first.</param>
/// <param name="Total">Versions on all pages.</param>
/// <param name="Self">Query with its question mark, or empty.</param>
/// <param name="Next">Null on the last page.</param>
internal sealed record HistoryPage(IReadOnlyList<ServedResource> Versions, int Total, string Self, string? Next)
{
    private const string Behind = "_cursor";

    /// <summary>What a request asks for, to be cut out of all versions once they may be told.</summary>
    /// <returns>SearchParameterUnsupported, SearchParameterInvalid, with the parameter's name as expression.</returns>
    public static (Func<IReadOnlyList<ServedResource>, HistoryPage>? Cut, Issue? Issue) Read(HttpRequest http)
    {
        var (count, since, behind) = (SearchRequest.DefaultCount, default(DateTimeOffset?), default(string?));
        var inForce = new List<string>();
        foreach (var (name, values) in http.Query)
        {
            if (name == "_format") continue;
            var value = values.ToString();
            switch (name)
            {
                case "_count" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var asked):
                    count = Math.Min(asked, SearchRequest.MostCount);
                    break;
                // An instant has seconds and a zone; a date of less precision is taken from its first moment.
                case "_since" when DateParameter.Parse(value) is { Comparison: DateComparison.Equal } from && char.IsAsciiDigit(value[0]):
                    since = from.From;
                    break;
                case Behind when FhirRequest.IsId(value):
                    behind = value;
                    break;
                case "_count" or "_since" or Behind:
                    return (null, new(new(RejectionCode.SearchParameterInvalid, "_count is a number, _since an instant"), $"http.{name}"));
                default:
                    // Half of what was asked for would be told as all of it.
                    return (null, new(new(RejectionCode.SearchParameterUnsupported, "A history takes _count and _since"), $"http.{(name.All(letter => char.IsAsciiLetter(letter) || letter == '_') ? name : "parameter")}"));
            }

            if (name != Behind) inForce.Add($"{name}={Uri.EscapeDataString(value)}");
        }

        return (all => Of(all, count, since, behind, inForce), null);
    }

    private static HistoryPage Of(IReadOnlyList<ServedResource> all, int count, DateTimeOffset? since, string? behind, IReadOnlyList<string> inForce)
    {
        var asked = all.Where(version => since is null || version.LastUpdated is not { } at || at >= since).ToList();
        var first = behind is null ? 0 : asked.FindIndex(version => version.VersionId == behind) + 1;
        var page = asked.Skip(first).Take(count).ToList();
        var more = page.Count > 0 && first + page.Count < asked.Count;
        return new(page, asked.Count, Query(inForce, behind), more ? Query(inForce, page[^1].VersionId) : null);
    }

    private static string Query(IReadOnlyList<string> inForce, string? behind)
    {
        string[] parameters = behind is null ? [.. inForce] : [.. inForce, $"{Behind}={behind}"];
        return parameters.Length == 0 ? "" : $"?{string.Join('&', parameters)}";
    }
}
