namespace EHealthPlus.Endpoints.Hub.Defence;

/// <summary>
/// Did the page of another site send a request that changes something? Such a request is refused, whatever it bears: beside SameSite=Strict, which
/// keeps the cookie from it in the first place, and the form tokens of the console. A program sends neither header.
/// </summary>
internal static class ForeignPage
{
    public static bool Sent(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return false;

        // Fetch Metadata; over plain HTTP browsers send it to this machine only, then Origin tells (RFC 6454 section 7).
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is not ("same-origin" or "none");
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
