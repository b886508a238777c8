using System.Buffers;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.Text;
using EHealthPlus.Transformers.Dicom.TransferSyntaxes;
using EHealthPlus.Transformers.Dicom.Writing;

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
        if ((reader.Feed(dataSet.Span) ?? reader.Complete() ?? json.Fault) is { } fault) return fault;
        json.Complete();
        return output.WrittenMemory;
    }

    public string? CharacterSetOf(ReadOnlyMemory<byte> dataSet, string transferSyntaxUid)
    {
        if (TransferSyntax.Find(transferSyntaxUid) is not { Accepted: true, Value: { Deflated: false } syntax }) return null;
        var search = new ElementSearch("00080005");
        using var reader = new DataSetReader(syntax, search);
        if (reader.Feed(dataSet.Span) is not null || search.Found is not { Length: > 0 } found) return null;
        string stated = SpecificCharacterSet.Default.Decode(dataSet.Span.Slice((int)found.Offset, (int)found.Length), Vr.CS, out _).Trim(' ', '\0');
        return stated.Length > 0 ? stated : null;
    }

    public Result<ReadOnlyMemory<byte>> Write(ReadOnlyMemory<byte> json, string transferSyntaxUid, string? characterSet)
    {
        Result<TransferSyntax> syntax = TransferSyntax.Find(transferSyntaxUid);
        if (!syntax.Accepted) return syntax.Rejection;
        if (syntax.Value.Deflated) return new Rejection(RejectionCode.TransferSyntaxUnsupported, "Identifiers are not deflated");
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            return new JsonElements(syntax.Value).Write(document.RootElement, characterSet);
        }
        // The second is text that is no Unicode: half of a surrogate pair.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return new Rejection(RejectionCode.IdentifierInvalid, "The identifier is not JSON");
        }
    }
}
