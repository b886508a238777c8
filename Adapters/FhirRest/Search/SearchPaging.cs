using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>Pages: opens the cursor that came, and links to the page after this one.</summary>
internal sealed class SearchPaging(PageCursor cursors)
{
    private static readonly Issue CursorInvalid =
        new(new(RejectionCode.SearchParameterInvalid, "The cursor belongs to another search, or the hub was restarted: start the search again"), "http._cursor");

    public FhirAnswer Page(
        FhirRequest request, SearchRequest search, string target, IReadOnlyList<ServedResource> matches, int? total, string? next, IReadOnlyList<ServedResource>? included = null)
    {
        var self = search.Canonical.Length == 0 ? $"{request.BaseUrl}/{target}" : $"{request.BaseUrl}/{target}?{search.Canonical}";
        var separator = search.Canonical.Length == 0 ? '?' : '&';
        var nextUrl = next is null || search.CountOnly ? null : $"{self}{separator}_cursor={cursors.Seal(search.BindingOf(request, target), next)}";
        if (search.SealedCursor is not null) self = $"{self}{separator}_cursor={search.SealedCursor}";
        return new SearchsetBundle(request.BaseUrl, self, nextUrl, total, matches, included ?? [], search.PassedOver, AnswerLanguage.Of(request.Http)).Answer();
    }

    /// <returns>The store's cursor, null for the first page; or the refusal of one that was not sealed for this search.</returns>
    public (string? After, FhirAnswer? Forged) Open(FhirRequest request, SearchRequest search, string target)
    {
        if (search.SealedCursor is null) return (null, null);
        var after = cursors.Open(search.BindingOf(request, target), search.SealedCursor);
        return after is null ? (null, FhirAnswer.Refused([CursorInvalid])) : (after, null);
    }
}
