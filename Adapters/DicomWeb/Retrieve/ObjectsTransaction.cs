using System.Buffers;
using EHealthPlus.Adapters.DicomWeb.Exchange;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>WADO-RS of a study, a series or an instance (PS3.18-2024 10.4.1.1): Part 10 files, as kept or in another uncompressed transfer syntax.</summary>
internal sealed class ObjectsTransaction(KeptObjects objects, IDataSetWriter writer)
{
    public async Task<Rejection?> AnswerAsync(DicomWebRequest request, CancellationToken cancellationToken)
    {
        var ranges = MediaRange.Of(request.Http);
        if (!ObjectForm.IsAccepted(ranges)) return new Rejection(RejectionCode.DicomFormNotAcceptable, "Objects are given as application/dicom, alone or in multipart/related");
        var selected = await objects.SelectAsync(request, cancellationToken);
        if (!selected.Accepted) return selected.Rejection;
        var forms = selected.Value.Select(instance => ObjectForm.Of(instance, ranges)).OfType<ObjectForm>().ToList();
        if (forms.Count == 0) return new Rejection(RejectionCode.ImageFormNotKept, $"Kept as {selected.Value[0].TransferSyntaxUid}: accept transfer-syntax=* or that one");

        if (selected.Value.Count == 1 && !forms[0].Multipart) return await AloneAsync(request, forms[0], cancellationToken);
        // Some of them cannot be given in what the client takes (PS3.18-2024 table 10.4.3-1).
        if (forms.Count < selected.Value.Count) request.Response.StatusCode = StatusCodes.Status206PartialContent;
        var body = MultipartBody.Begin(request.Response, "application/dicom");
        foreach (var form in forms)
        {
            await using var dataSet = await objects.OpenAsync(form.Instance, cancellationToken);
            var meta = await MetaAsync(form, cancellationToken);
            body.BeginPart(
                $"application/dicom; transfer-syntax={form.TransferSyntaxUid}", request.UrlOf(form.Instance.Key), form.AsKept ? meta.Length + form.Instance.Length : null);
            request.Response.BodyWriter.Write(meta.Span);
            if (await WriteAsync(request, form, dataSet, cancellationToken) is { } damaged) return damaged;
        }

        await body.EndAsync(cancellationToken);
        return null;
    }

    private async Task<Rejection?> AloneAsync(DicomWebRequest request, ObjectForm form, CancellationToken cancellationToken)
    {
        var tag = new EntityTagHeaderValue($"\"{form.Instance.Sha256}-{form.TransferSyntaxUid}\"");
        if (ContentRange.IsKnown(request.Context, tag)) return null;
        await using var dataSet = await objects.OpenAsync(form.Instance, cancellationToken);
        var meta = await MetaAsync(form, cancellationToken);
        request.Response.ContentType = $"application/dicom; transfer-syntax={form.TransferSyntaxUid}";
        if (!form.AsKept)
        {
            request.Response.BodyWriter.Write(meta.Span);
            return await WriteAsync(request, form, dataSet, cancellationToken);
        }

        var range = ContentRange.Of(request.Context, meta.Length + form.Instance.Length, tag);
        if (!range.Accepted) return range.Rejection;
        var (offset, length) = range.Value;
        if (offset < meta.Length)
        {
            var head = meta[(int)offset..(int)Math.Min(meta.Length, offset + length)];
            request.Response.BodyWriter.Write(head.Span);
            length -= head.Length;
            offset += head.Length;
        }

        dataSet.Position = offset - meta.Length;
        await StretchCopy.CopyAsync(dataSet, length, request.Response.BodyWriter, cancellationToken);
        await StretchCopy.FlushAsync(request.Response.BodyWriter, cancellationToken);
        return null;
    }

    private async ValueTask<Rejection?> WriteAsync(DicomWebRequest request, ObjectForm form, Stream dataSet, CancellationToken cancellationToken)
    {
        var body = request.Response.BodyWriter;
        if (!form.AsKept)
        {
            // A refusal after the first bytes breaks the answer off: a client never takes half an object for a whole one.
            return await writer.TranscodeAsync(dataSet, form.Instance.TransferSyntaxUid, form.TransferSyntaxUid, body.AsStream(leaveOpen: true), cancellationToken);
        }

        await StretchCopy.CopyAsync(dataSet, form.Instance.Length, body, cancellationToken);
        return null;
    }

    private async ValueTask<ReadOnlyMemory<byte>> MetaAsync(ObjectForm form, CancellationToken cancellationToken)
    {
        var asReceived = form.AsKept ? await objects.FileMetaAsync(form.Instance, cancellationToken) : null;
        return asReceived ?? writer.FileMeta(form.Instance.SopClassUid, form.Instance.Key.SopInstanceUid, form.TransferSyntaxUid);
    }
}
