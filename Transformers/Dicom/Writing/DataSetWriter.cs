using System.Buffers;
using System.IO.Compression;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Frames;
using EHealthPlus.Transformers.Dicom.Json;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.Text;
using EHealthPlus.Transformers.Dicom.TransferSyntaxes;

namespace EHealthPlus.Transformers.Dicom.Writing;

/// <summary>See <see cref="IDataSetWriter"/>.</summary>
public sealed class DataSetWriter : IDataSetWriter
{
    public byte[] FileMeta(string sopClassUid, string sopInstanceUid, string transferSyntaxUid) =>
        FileMetaBytes.Write(sopClassUid, sopInstanceUid, transferSyntaxUid);

    public async ValueTask<Rejection?> WriteJsonAsync(
        Stream dataSet, string transferSyntaxUid, string? characterSet, Func<string, string> bulkDataUri, IBufferWriter<byte> output, Func<ValueTask>? afterPart, CancellationToken cancellationToken)
    {
        Result<TransferSyntax> syntax = TransferSyntax.Find(transferSyntaxUid);
        if (!syntax.Accepted) return syntax.Rejection;
        using var json = new WholeJson(output, syntax.Value.BigEndian, characterSet is null ? null : SpecificCharacterSet.Find(characterSet), bulkDataUri);
        if (await DataSetReader.ReadAsync(dataSet, syntax.Value, json, afterPart is null ? null : FlushAsync, cancellationToken).ConfigureAwait(false) is { } fault) return fault;
        if (json.Fault is { } tooLong) return tooLong;
        json.Complete();
        return null;

        ValueTask FlushAsync()
        {
            json.Flush();
            return afterPart();
        }
    }

    public async ValueTask<Result<ByteStretch>> LocateAsync(Stream dataSet, string transferSyntaxUid, string path, CancellationToken cancellationToken)
    {
        Result<TransferSyntax> syntax = Located(transferSyntaxUid);
        if (!syntax.Accepted) return syntax.Rejection;
        var search = new ElementSearch(path);
        if (await DataSetReader.ReadAsync(dataSet, syntax.Value, search, cancellationToken).ConfigureAwait(false) is { } fault) return fault;
        return search.Found is { } found ? found : new Rejection(RejectionCode.ResourceNotFound, "The instance has no such element");
    }

    public async ValueTask<Result<IReadOnlyList<FrameLocation>>> FramesAsync(Stream dataSet, string transferSyntaxUid, CancellationToken cancellationToken)
    {
        Result<TransferSyntax> syntax = Located(transferSyntaxUid);
        if (!syntax.Accepted) return syntax.Rejection;
        var search = new FrameSearch(syntax.Value.BigEndian);
        if (await DataSetReader.ReadAsync(dataSet, syntax.Value, search, cancellationToken).ConfigureAwait(false) is { } fault) return fault;
        return search.Frames();
    }

    public async ValueTask<Rejection?> TranscodeAsync(
        Stream dataSet, string fromTransferSyntaxUid, string toTransferSyntaxUid, Stream output, CancellationToken cancellationToken)
    {
        Result<TransferSyntax> from = TransferSyntax.Find(fromTransferSyntaxUid);
        if (!from.Accepted) return from.Rejection;
        Result<TransferSyntax> to = TransferSyntax.Find(toTransferSyntaxUid);
        if (!to.Accepted) return to.Rejection;
        if (from.Value != to.Value && !(from.Value.Uncompressed && to.Value.Uncompressed))
        {
            return new Rejection(RejectionCode.PixelsEncapsulated, "From one to the other of these transfer syntaxes the pixel data would be decoded or encoded");
        }
        if (!to.Value.Deflated) return await WriteAsync(dataSet, from.Value, to.Value, output, cancellationToken).ConfigureAwait(false);
        var deflate = new DeflateStream(output, CompressionLevel.Fastest, leaveOpen: true);
        await using (deflate.ConfigureAwait(false))
        {
            return await WriteAsync(dataSet, from.Value, to.Value, deflate, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask<Rejection?> WriteAsync(Stream dataSet, TransferSyntax from, TransferSyntax to, Stream output, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(80 * 1024);
        var transcoding = new Transcoding(from, to, buffer);
        Rejection? fault = await DataSetReader.ReadAsync(dataSet, from, transcoding, FlushAsync, cancellationToken).ConfigureAwait(false);
        return fault ?? transcoding.Fault;

        async ValueTask FlushAsync()
        {
            await output.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
            buffer.ResetWrittenCount();
        }
    }

    // What is deflated has no place of its own in the bytes as they are kept.
    private static Result<TransferSyntax> Located(string transferSyntaxUid)
    {
        Result<TransferSyntax> syntax = TransferSyntax.Find(transferSyntaxUid);
        return syntax.Accepted && syntax.Value.Deflated
            ? new Rejection(RejectionCode.PixelsNotLocatable, "The data set is deflated: nothing in it can be reached alone")
            : syntax;
    }
}
