using System.Buffers;
using EHealthPlus.Adapters.DicomWeb.Exchange;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>WADO-RS metadata (PS3.18-2024 10.4.1.1.2): the data sets as DICOM JSON, large values as addresses, one after the other.</summary>
internal sealed class MetadataTransaction(KeptObjects objects, IDataSetWriter writer)
{
    public async Task<Rejection?> AnswerAsync(DicomWebRequest request, CancellationToken cancellationToken)
    {
        if (!JsonBody.IsAccepted(request.Http)) return new Rejection(RejectionCode.DicomFormNotAcceptable, "Metadata is given as application/dicom+json");
        var selected = await objects.SelectAsync(request, cancellationToken);
        if (!selected.Accepted) return selected.Rejection;

        // One data set at a time is put together in memory, so that a damaged one never leaves half an object in the answer.
        var json = new ArrayBufferWriter<byte>(16 * 1024);
        if (await ReadAsync(request, selected.Value[0], json, cancellationToken) is { } first) return first;
        await using var body = JsonBody.Begin(request.Context);
        body.Writer.Write("["u8);
        body.Writer.Write(json.WrittenSpan);
        foreach (var instance in selected.Value.Skip(1))
        {
            json.ResetWrittenCount();
            if (await ReadAsync(request, instance, json, cancellationToken) is { } damaged)
            {
                request.Context.Abort();
                return damaged;
            }

            body.Writer.Write(","u8);
            body.Writer.Write(json.WrittenSpan);
            await body.Writer.FlushAsync(cancellationToken);
        }

        body.Writer.Write("]"u8);
        await body.Writer.FlushAsync(cancellationToken);
        return null;
    }

    private async ValueTask<Rejection?> ReadAsync(DicomWebRequest request, KeptInstance instance, ArrayBufferWriter<byte> json, CancellationToken cancellationToken)
    {
        await using var dataSet = await objects.OpenAsync(instance, cancellationToken);
        var bulk = request.UrlOf(instance.Key) + "/bulkdata/";
        return await writer.WriteJsonAsync(dataSet, instance.TransferSyntaxUid, objects.CharacterSetOf(instance), path => bulk + path, json, cancellationToken);
    }
}
