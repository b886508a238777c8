using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>Conditions and ranges of a request for content of a known length (RFC 9110 sections 13 and 14).</summary>
internal static class ContentRange
{
    /// <summary>Sets ETag. What is kept never changes, so the tag is its hash.</summary>
    /// <returns>True where the client has it already: 304 is set.</returns>
    public static bool IsKnown(HttpContext http, EntityTagHeaderValue tag)
    {
        http.Response.Headers.ETag = tag.ToString();
        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        if (!known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false))) return false;
        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    /// <summary>Sets status, Content-Length and Content-Range. Several ranges in one request are answered with the whole, as RFC 9110 14.2 allows.</summary>
    /// <returns>What to send; rejection RangeUnsatisfiable.</returns>
    public static Result<ByteStretch> Of(HttpContext http, long length, EntityTagHeaderValue tag)
    {
        var response = http.Response;
        var headers = http.Request.GetTypedHeaders();
        response.Headers.AcceptRanges = "bytes";
        var sameAsBefore = headers.IfRange is not { } condition || (condition.EntityTag is { } seen && seen.Compare(tag, useStrongComparison: true));
        if (!sameAsBefore || headers.Range is not { Ranges.Count: 1 } asked || !string.Equals(asked.Unit.Value, "bytes", StringComparison.OrdinalIgnoreCase))
        {
            response.ContentLength = length;
            return new ByteStretch(0, length);
        }

        var range = asked.Ranges.Single();
        var from = range.From ?? Math.Max(0, length - (range.To ?? 0));
        var to = range.From is null ? length - 1 : Math.Min(range.To ?? long.MaxValue, length - 1);
        if (from > to)
        {
            return new Rejection(RejectionCode.RangeUnsatisfiable, $"The content has {length} bytes");
        }

        response.StatusCode = StatusCodes.Status206PartialContent;
        response.ContentLength = to - from + 1;
        response.Headers.ContentRange = new ContentRangeHeaderValue(from, to, length).ToString();
        return new ByteStretch(from, to - from + 1);
    }
}
