using System.Buffers;
using EHealthPlus.Adapters.DicomWeb.Exchange;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Imaging.Matching;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Adapters.DicomWeb.Query;

/// <summary>QIDO-RS (PS3.18-2024 10.6): what of the images may be shown and matches.</summary>
internal sealed class SearchTransaction(IImagingRecord record, DicomWebOptions options)
{
    private const string FuzzyWarning = "The fuzzymatching parameter is not supported. Only literal matching has been performed.";
    private const string IgnoredWarning = "These attributes are not matched on here, and were ignored:";
    private const string MoreWarning = "There are additional results that can be requested";

    /// <summary>Written out before the next matches are put together. In bytes.</summary>
    private const int FlushEvery = 256 * 1024;

    public async Task<Rejection?> AnswerAsync(DicomWebRequest request, QueryLevel level, CancellationToken cancellationToken)
    {
        if (!JsonBody.IsAccepted(request.Http)) return new Rejection(RejectionCode.DicomFormNotAcceptable, "Searches are answered in application/dicom+json");
        var read = QueryParameters.Read(request.Http.Query, options);
        if (!read.Accepted) return read.Rejection;
        var parameters = read.Value;
        if (MatchesOf(request, parameters) is not { } matches) return new Rejection(RejectionCode.SearchParameterInvalid, "The query names another study or series than its address");

        // One more than is given: it tells whether there are more.
        var found = await record.FindAsync(request.Principal, new(level, matches, parameters.Offset, parameters.Limit + 1), cancellationToken);
        if (!found.Accepted) return found.Rejection;
        var more = found.Value.Count > parameters.Limit;
        var response = request.Response;
        if (parameters.Fuzzy) request.Warn(FuzzyWarning);
        if (more) request.Warn(MoreWarning);
        var ignored = matches.Where(match => !IndexedAttributes.IsMatched(match, level)).Select(QueryAttribute.NameOf).Concat(parameters.Deeper).ToList();
        if (ignored.Count > 0) request.Warn($"{IgnoredWarning} {string.Join(", ", ignored)}");
        if (found.Value.Count == 0 || parameters.Limit == 0)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return null;
        }

        await WriteAsync(request, level, parameters, more ? [.. found.Value.Take(parameters.Limit)] : found.Value, cancellationToken);
        return null;
    }

    private static async Task WriteAsync(DicomWebRequest request, QueryLevel level, QueryParameters parameters, IReadOnlyList<ImagingMatch> found, CancellationToken cancellationToken)
    {
        // Levels that the address names are known to the client; the others are its answer too (PS3.18-2024 table 10.6.3-4).
        var above = request.Series is not null ? QueryLevel.Instance : request.Study is not null ? QueryLevel.Series : QueryLevel.Patient;
        var json = new LevelJson(one => parameters.Everything || (one >= above && one <= level), parameters.Included);
        await using var body = JsonBody.Begin(request.Context);
        // Put together here first: an answer is made of very many small pieces, and each costs the server's own buffer more than this one.
        var pieces = new ArrayBufferWriter<byte>(FlushEvery + (64 * 1024));
        pieces.Write("["u8);
        for (var at = 0; at < found.Count; at++)
        {
            if (at > 0) pieces.Write(","u8);
            json.Write(found[at], UrlOf(request, level, found[at].Key), pieces);
            if (pieces.WrittenCount < FlushEvery) continue;
            await body.Writer.WriteAsync(pieces.WrittenMemory, cancellationToken);
            pieces.ResetWrittenCount();
        }

        pieces.Write("]"u8);
        await body.Writer.WriteAsync(pieces.WrittenMemory, cancellationToken);
    }

    /// <returns>Null where address and query contradict each other.</returns>
    private static List<AttributeMatch>? MatchesOf(DicomWebRequest request, QueryParameters parameters)
    {
        List<AttributeMatch> matches = [.. parameters.Matches];
        return Bind(QueryAttribute.StudyInstanceUid, request.Study) && Bind(QueryAttribute.SeriesInstanceUid, request.Series) ? matches : null;

        bool Bind(uint tag, string? uid)
        {
            if (uid is null) return true;
            var stated = matches.FirstOrDefault(match => match.Sequence is null && match.Tag == tag);
            if (stated is null) matches.Add(new(tag, uid));
            return stated is null || stated.Value == uid;
        }
    }

    private static string UrlOf(DicomWebRequest request, QueryLevel level, InstanceKey key) => level switch
    {
        QueryLevel.Instance => request.UrlOf(key),
        QueryLevel.Series => $"{request.BaseUrl}/studies/{key.StudyInstanceUid}/series/{key.SeriesInstanceUid}",
        _ => $"{request.BaseUrl}/studies/{key.StudyInstanceUid}",
    };
}
