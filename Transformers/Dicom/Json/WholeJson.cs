using System.Buffers;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.Text;

namespace EHealthPlus.Transformers.Dicom.Json;

/// <summary>A whole data set as DICOM JSON object (PS3.18-2024 annex F). Group lengths are left out (F.2).</summary>
/// <param name="bulkDataUri">Null where all is to stand inline.</param>
internal sealed class WholeJson(IBufferWriter<byte> output, bool bigEndian, SpecificCharacterSet? characterSet, Func<string, string>? bulkDataUri)
    : IElementHandler, IDisposable
{
    private const int BinaryLimit = 1024;

    /// <summary>Text and numbers longer than this are bulk data, too.</summary>
    private const int InlineLimit = 64 * 1024;

    /// <summary>What is longer was made to do harm: the largest images of many frames stay far below.</summary>
    private const long JsonLimit = 256L * 1024 * 1024;

    private readonly DataSetJson json = new(output);
    private readonly TextScopes scopes = new(characterSet);
    private readonly ElementPath path = new();
    private bool inFragments;

    public Rejection? Fault { get; private set; }

    public ValueUse Element(in ElementHeader header)
    {
        if (inFragments || (header.Tag & 0xFFFF) == 0) return ValueUse.Skip;
        if (json.Length > JsonLimit)
        {
            Fault = new Rejection(RejectionCode.BodyTooLarge, "The data set as JSON is longer than 256 MiB");
            return ValueUse.Skip;
        }
        if (bulkDataUri is null || !IsBulk(header)) return ValueUse.Hold;
        json.BulkData(header, bulkDataUri(path.Of(header.Tag)));
        return ValueUse.Skip;
    }

    public void Value(in ElementHeader header, ReadOnlySpan<byte> value)
    {
        if (header.Tag == TextScopes.Tag) scopes.Set(value);
        ElementHeader known = header.Known();
        json.Value(known, value, bigEndian && !known.Implicit, scopes.Current);
    }

    public void BeginSequence(in ElementHeader header)
    {
        path.BeginSequence(header.Tag);
        json.BeginSequence(header);
    }

    public void BeginItem(in ElementHeader header)
    {
        path.BeginItem();
        scopes.BeginItem();
        json.BeginItem();
    }

    public void EndItem(bool delimited)
    {
        scopes.EndItem();
        json.EndItem();
    }

    public void EndSequence(bool delimited)
    {
        path.EndSequence();
        json.EndSequence();
    }

    public void BeginFragments(in ElementHeader header)
    {
        inFragments = true;
        if (bulkDataUri is not null) json.BulkData(header, bulkDataUri(path.Of(header.Tag)));
    }

    public void EndFragments() => inFragments = false;

    /// <summary>What was written so far is in the output.</summary>
    public void Flush() => json.Flush();

    public void Complete() => json.Complete();

    public void Dispose() => json.Dispose();

    private static bool IsBulk(in ElementHeader header) =>
        header.Length > InlineLimit || (header.Known().Vr.IsBinary() && header.Length > BinaryLimit) || header.Tag is 0x7FE00010 or 0x7FE00008 or 0x7FE00009;
}
