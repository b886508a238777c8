using System.Globalization;
using EHealthPlus.Adapters.DicomWeb.Exchange;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>
/// WADO-RS rendered and thumbnail (PS3.18-2024 10.4.1.1.3 and 4). The hub never decodes pixels: a frame kept as baseline JPEG is given as it is,
/// everything else is drawn by the client. A PDF or CDA in a data set is given as that file.
/// </summary>
internal sealed class RenderedTransaction(KeptObjects objects, IDataSetWriter writer)
{
    private const string Jpeg = "image/jpeg";

    public async Task<Rejection?> AnswerAsync(DicomWebRequest request, bool thumbnail, CancellationToken cancellationToken)
    {
        var number = 1;
        if (request.Http.RouteValues["frames"] is string stated && !(int.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0))
        {
            return new Rejection(RejectionCode.SearchParameterInvalid, "One frame, counted from 1");
        }

        var ranges = MediaRange.Of(request.Http);
        // Only of one instance: a study or a series is asked for pictures.
        var document = request.Instance is not null ? await objects.OneAsync(request, cancellationToken) : default(Result<KeptInstance>?);
        if (document is { Accepted: false, Rejection: { } none }) return none;
        if (document is { } kept && DocumentForm.Of(kept.Value) is { } form) return await form.WriteAsync(request, kept.Value, objects, writer, ranges, cancellationToken);
        if (ranges.Count > 0 && !ranges.Any(range => !range.Multipart && range.Media is Jpeg or "image/*" or MediaRange.Anything))
        {
            return new Rejection(RejectionCode.DicomFormNotAcceptable, "An image is given as image/jpeg");
        }

        if (request.Http.Query.Keys.Any(key => key is "viewport" or "window" or "annotation" or "quality" or "iccprofile"))
        {
            return new Rejection(RejectionCode.PixelsNotDecoded, "An image is given as it is kept, without viewport and window");
        }

        var one = document ?? await AnyAsync(request, thumbnail, cancellationToken);
        if (!one.Accepted) return one.Rejection;
        var instance = one.Value;
        if (instance.TransferSyntaxUid is not TransferSyntax.JpegBaseline) return new Rejection(RejectionCode.PixelsNotDecoded, $"Kept as {instance.TransferSyntaxUid}");
        var opened = await objects.OpenToCutAsync(instance, cancellationToken);
        if (!opened.Accepted) return opened.Rejection;
        await using var cut = opened.Value;
        var located = await objects.FramesAsync(instance, cut, cancellationToken);
        if (!located.Accepted) return located.Rejection;
        if (number > located.Value.Count) return new Rejection(RejectionCode.FrameMissing, $"The instance has {located.Value.Count} frames");
        var frame = located.Value[number - 1];
        request.Response.ContentType = Jpeg;
        request.Response.ContentLength = frame.Parts.Sum(part => part.Length);
        await StretchCopy.CopyAsync(cut.DataSet, frame, request.Response.BodyWriter, cancellationToken);
        return null;
    }

    /// <summary>The instance that stands for a study or series: any of them in a thumbnail; as the picture of the whole only the one that there is.</summary>
    private async ValueTask<Result<KeptInstance>> AnyAsync(DicomWebRequest request, bool thumbnail, CancellationToken cancellationToken)
    {
        var selected = await objects.SelectAsync(request, cancellationToken);
        if (!selected.Accepted) return selected.Rejection;
        return selected.Value.Count > 1 && !thumbnail
            ? new Rejection(RejectionCode.DicomFormNotAcceptable, "Several instances: ask for each of them")
            : selected.Value[0];
    }
}
