using System.Buffers;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.Text;
using EHealthPlus.Transformers.Dicom.TransferSyntaxes;

namespace EHealthPlus.Transformers.Dicom.Json;

/// <summary>See <see cref="IIdentifierCodec"/>.</summary>
public sealed class IdentifierCodec : IIdentifierCodec
{
    // Each sequence is an object, an array and an object again.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = (ElementReader.DepthLimit + 2) * 3 };

    public Result<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> dataSet, string transferSyntaxUid, string? characterSet)
    {
        Result<TransferSyntax> syntax = TransferSyntax.Find(transferSyntaxUid);
        if (!syntax.Accepted) return syntax.Rejection;
        var output = new ArrayBufferWriter<byte>(512);
        using var json = new WholeJson(output, syntax.Value.BigEndian, characterSet is null ? null : SpecificCharacterSet.Find(characterSet), bulkDataUri: null);
        using var reader = new DataSetReader(syntax.Value, json);
        if ((reader.Feed(dataSet.Span) ?? reader.Complete()) is { } fault) return fault;
        json.Complete();
        return output.WrittenMemory;
    }

    public Result<ReadOnlyMemory<byte>> Write(ReadOnlyMemory<byte> json, string transferSyntaxUid)
    {
        Result<TransferSyntax> syntax = TransferSyntax.Find(transferSyntaxUid);
        if (!syntax.Accepted) return syntax.Rejection;
        if (syntax.Value.Deflated) return new Rejection(RejectionCode.TransferSyntaxUnsupported, "Identifiers are not deflated");
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            return new JsonElements(syntax.Value).Write(document.RootElement);
        }
        catch (JsonException)
        {
            return new Rejection(RejectionCode.IdentifierInvalid, "The identifier is not JSON");
        }
    }
}
