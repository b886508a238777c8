using System.Globalization;
using EHealthPlus.Adapters.DicomWeb.Exchange;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>WADO-RS frames (PS3.18-2024 10.4.1.1.6): the pixels of some frames, cut out of the kept object.</summary>
internal sealed class FramesTransaction(KeptObjects objects, DicomWebOptions options)
{
    public async Task<Rejection?> AnswerAsync(DicomWebRequest request, CancellationToken cancellationToken)
    {
        var stated = (string)request.Http.RouteValues["frames"]!;
        var numbers = Numbers(stated);
        if (!numbers.Accepted) return numbers.Rejection;
        var one = await objects.OneAsync(request, cancellationToken);
        if (!one.Accepted) return one.Rejection;
        var instance = one.Value;
        if (instance.NumberOfFrames == 0) return new Rejection(RejectionCode.FrameMissing, "The instance has no pixel data");
        if (FrameForm.Of(instance, MediaRange.Of(request.Http), numbers.Value.Count) is not { } form)
        {
            return new Rejection(RejectionCode.ImageFormNotKept, $"Kept as {instance.TransferSyntaxUid}, {TransferSyntax.MediaOf(instance.TransferSyntaxUid)}; several frames come in multipart/related");
        }

        if (numbers.Value is [var single])
        {
            var tag = new EntityTagHeaderValue($"\"{instance.Sha256}-{single.ToString(CultureInfo.InvariantCulture)}\"", isWeak: form.Multipart);
            if (ContentRange.IsKnown(request.Context, tag)) return null;
        }

        var opened = await objects.OpenToCutAsync(instance, cancellationToken);
        if (!opened.Accepted) return opened.Rejection;
        await using var cut = opened.Value;
        var located = await objects.FramesAsync(instance, cut, cancellationToken);
        if (!located.Accepted) return located.Rejection;
        return numbers.Value.Any(number => number > located.Value.Count)
            ? new Rejection(RejectionCode.FrameMissing, $"The instance has {located.Value.Count} frames")
            : await WriteAsync(request, instance, form, [.. numbers.Value.Select(number => (number, located.Value[number - 1]))], cut.DataSet, cancellationToken);
    }

    /// <summary>All frames of an instance, as the bulk data of its pixels: those that are compressed are each a part of their own (PS3.18-2024 8.7.3.3.2).</summary>
    public static async Task<Rejection?> WriteAsync(
        DicomWebRequest request, KeptInstance instance, FrameForm form, IReadOnlyList<(int Number, FrameLocation Frame)> frames, Stream dataSet, CancellationToken cancellationToken)
    {
        if (!form.Multipart)
        {
            var frame = frames[0].Frame;
            request.Response.ContentType = form.ContentType;
            request.Response.ContentLength = Length(frame);
            request.Response.Headers.Vary = "Accept";
            await StretchCopy.CopyAsync(dataSet, frame, request.Response.BodyWriter, cancellationToken);
            return null;
        }

        var body = MultipartBody.Begin(request.Response, form.Media);
        foreach (var (number, frame) in frames)
        {
            body.BeginPart(form.ContentType, $"{request.UrlOf(instance.Key)}/frames/{number.ToString(CultureInfo.InvariantCulture)}", Length(frame));
            await StretchCopy.CopyAsync(dataSet, frame, request.Response.BodyWriter, cancellationToken);
        }

        await body.EndAsync(cancellationToken);
        return null;
    }

    private static long Length(FrameLocation frame) => frame.Parts.Sum(part => part.Length);

    /// <summary>Frames are counted from 1, and parted by commas.</summary>
    private Result<IReadOnlyList<int>> Numbers(string list)
    {
        var stated = list.Split(',', options.MostFrames + 1);
        if (stated.Length > options.MostFrames) return new Rejection(RejectionCode.BodyTooLarge, $"A request may name {options.MostFrames} frames");
        var numbers = new int[stated.Length];
        for (var at = 0; at < stated.Length; at++)
        {
            if (!int.TryParse(stated[at], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[at]) || numbers[at] < 1)
            {
                return new Rejection(RejectionCode.SearchParameterInvalid, "Frames are numbers from 1, parted by commas");
            }
        }

        return numbers;
    }
}
