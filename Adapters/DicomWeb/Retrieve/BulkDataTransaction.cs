using EHealthPlus.Adapters.DicomWeb.Exchange;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Net.Http.Headers;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>WADO-RS bulk data (PS3.18-2024 10.4.1.1.5): the value of one element, by the address that the metadata gave it.</summary>
internal sealed class BulkDataTransaction(KeptObjects objects, IDataSetWriter writer)
{
    private const string Bytes = "application/octet-stream";
    private const string PixelData = "7FE00010";
    private const int LongestPath = 256;

    public async Task<Rejection?> AnswerAsync(DicomWebRequest request, CancellationToken cancellationToken)
    {
        var path = request.Http.RouteValues["path"] as string ?? "";
        if (!IsPath(path)) return new Rejection(RejectionCode.FrameMissing, "No element has this address");
        var ranges = MediaRange.Of(request.Http);
        var one = await objects.OneAsync(request, cancellationToken);
        if (!one.Accepted) return one.Rejection;
        var instance = one.Value;
        if (path is PixelData && !TransferSyntax.IsUncompressed(instance.TransferSyntaxUid)) return await PixelsAsync(request, instance, ranges, cancellationToken);
        if (ranges.Count > 0 && !ranges.Any(range => range.Media is Bytes or MediaRange.Anything or "application/*"))
        {
            return new Rejection(RejectionCode.DicomFormNotAcceptable, "Bulk data is given as application/octet-stream");
        }

        var tag = new EntityTagHeaderValue($"\"{instance.Sha256}-{path.Replace('/', '.')}\"");
        if (ContentRange.IsKnown(request.Context, tag)) return null;
        var opened = await objects.OpenToCutAsync(instance, cancellationToken);
        if (!opened.Accepted) return opened.Rejection;
        await using var cut = opened.Value;
        var dataSet = cut.DataSet;
        var located = await writer.LocateAsync(dataSet, cut.TransferSyntaxUid, path, cancellationToken);
        if (!located.Accepted) return located.Rejection;
        var value = located.Value;
        // A body of its own can be asked for in ranges; in multipart there is one part, the whole.
        if (ranges is [{ Multipart: true }, ..])
        {
            var body = MultipartBody.Begin(request.Response, Bytes);
            body.BeginPart(Bytes, $"{request.UrlOf(instance.Key)}/bulkdata/{path}", value.Length);
            dataSet.Position = value.Offset;
            await StretchCopy.CopyAsync(dataSet, value.Length, request.Response.BodyWriter, cancellationToken);
            await body.EndAsync(cancellationToken);
            return null;
        }

        request.Response.ContentType = Bytes;
        request.Response.Headers.Vary = "Accept";
        var range = ContentRange.Of(request.Context, value.Length, tag);
        if (!range.Accepted) return range.Rejection;
        dataSet.Position = value.Offset + range.Value.Offset;
        await StretchCopy.CopyAsync(dataSet, range.Value.Length, request.Response.BodyWriter, cancellationToken);
        return null;
    }

    /// <summary>Compressed pixels: each frame is a part of its own.</summary>
    private async Task<Rejection?> PixelsAsync(DicomWebRequest request, KeptInstance instance, IReadOnlyList<MediaRange> ranges, CancellationToken cancellationToken)
    {
        await using var dataSet = await objects.OpenAsync(instance, cancellationToken);
        var located = await writer.FramesAsync(dataSet, instance.TransferSyntaxUid, cancellationToken);
        if (!located.Accepted) return located.Rejection;
        return FrameForm.Of(instance, ranges, located.Value.Count) is { } form
            ? await FramesTransaction.WriteAsync(request, instance, form, [.. located.Value.Select((frame, at) => (at + 1, frame))], dataSet, cancellationToken)
            : new Rejection(RejectionCode.ImageFormNotKept, $"Kept as {instance.TransferSyntaxUid}, {TransferSyntax.MediaOf(instance.TransferSyntaxUid)}");
    }

    /// <summary>Tags of eight digits, with the number of an item between two: 00081140/1/0040A730.</summary>
    private static bool IsPath(string path)
    {
        var steps = path.Split('/');
        if (path.Length > LongestPath || steps.Length % 2 == 0) return false;
        for (var at = 0; at < steps.Length; at++)
        {
            var fits = at % 2 == 0 ? steps[at].Length == 8 && steps[at].All(char.IsAsciiHexDigitUpper) : steps[at].Length is > 0 and < 9 && steps[at].All(char.IsAsciiDigit);
            if (!fits) return false;
        }

        return true;
    }
}
