using System.Buffers;
using EHealthPlus.Adapters.DicomWeb.Exchange;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>WADO-RS metadata (PS3.18-2024 10.4.1.1.2): the data sets as DICOM JSON, large values as addresses, one after the other.</summary>
internal sealed class MetadataTransaction(KeptObjects objects, IDataSetWriter writer)
{
    /// <summary>Bytes of JSON that are held back; an image's are a few thousand.</summary>
    private const int Held = 1024 * 1024;

    public async Task<Rejection?> AnswerAsync(DicomWebRequest request, CancellationToken cancellationToken)
    {
        if (!JsonBody.IsAccepted(request.Http)) return new Rejection(RejectionCode.DicomFormNotAcceptable, "Metadata is given as application/dicom+json");
        var selected = await objects.SelectAsync(request, cancellationToken);
        if (!selected.Accepted) return selected.Rejection;

        // Of each data set so much is put together in memory, so that a damaged one seldom leaves half an object in the answer, which is broken off then.
        var json = new ArrayBufferWriter<byte>(16 * 1024);
        JsonBody? body = null;
        try
        {
            foreach (var instance in selected.Value)
            {
                json.Write(instance == selected.Value[0] ? "["u8 : ","u8);
                if (await ReadAsync(request, instance, json, HandOnAsync, cancellationToken) is { } damaged)
                {
                    if (body is not null) request.Context.Abort();
                    return damaged;
                }

                await PassAsync();
            }

            json.Write("]"u8);
            await PassAsync();
            return null;
        }
        finally
        {
            if (body is not null) await body.DisposeAsync();
        }

        ValueTask HandOnAsync() => json.WrittenCount < Held ? ValueTask.CompletedTask : PassAsync();

        async ValueTask PassAsync()
        {
            body ??= JsonBody.Begin(request.Context);
            body.Writer.Write(json.WrittenSpan);
            json.ResetWrittenCount();
            await StretchCopy.FlushAsync(body.Writer, cancellationToken);
        }
    }

    private async ValueTask<Rejection?> ReadAsync(
        DicomWebRequest request, KeptInstance instance, ArrayBufferWriter<byte> json, Func<ValueTask> afterPart, CancellationToken cancellationToken)
    {
        await using var dataSet = await objects.OpenAsync(instance, cancellationToken);
        var bulk = request.UrlOf(instance.Key) + "/bulkdata/";
        return await writer.WriteJsonAsync(dataSet, instance.TransferSyntaxUid, objects.CharacterSetOf(instance), path => bulk + path, json, afterPart, cancellationToken);
    }
}
