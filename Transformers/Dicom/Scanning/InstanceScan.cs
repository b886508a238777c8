using System.Buffers;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Imaging.Matching;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Json;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.Text;
using EHealthPlus.Transformers.Dicom.TransferSyntaxes;

namespace EHealthPlus.Transformers.Dicom.Scanning;

/// <summary>
/// Reads off a data set what it is filed and found by. Holds a few kilobytes, however large the data set is; pixel data is counted over.
/// </summary>
internal sealed class InstanceScan : IInstanceScan, IElementHandler
{
    /// <summary>A value longer than this is not indexed.</summary>
    private const int ValueLimit = 16 * 1024;

    /// <summary>After so many bytes of JSON of one level, its further attributes are not indexed: they are still in the instance.</summary>
    private const int JsonLimit = 64 * 1024;

    private readonly TransferSyntax syntax;
    private readonly DataSetReader reader;
    private readonly TextScopes scopes;
    private readonly FilingAttributes filing = new();
    private readonly ArrayBufferWriter<byte>[] outputs = [new(512), new(1024), new(1024), new(2048)];
    private readonly DataSetJson[] levels;
    private readonly bool[] seen = new bool[IndexedAttributes.Count];
    // For each sequence that is open, whether it is being written.
    private readonly bool[] written = new bool[ElementReader.DepthLimit + 2];
    private readonly bool[] itemWritten = new bool[ElementReader.DepthLimit + 2];
    private QueryLevel level = QueryLevel.Patient;
    private int sequences;
    private bool hasPixels;
    private Rejection? fault;

    public InstanceScan(TransferSyntax syntax, SpecificCharacterSet? characterSet)
    {
        this.syntax = syntax;
        scopes = new TextScopes(characterSet);
        reader = new DataSetReader(syntax, this);
        levels = [.. outputs.Select(output => new DataSetJson(output))];
    }

    public Rejection? Feed(ReadOnlySpan<byte> part) => fault ??= reader.Feed(part) ?? fault;

    public Result<InstanceSummary> Complete()
    {
        fault ??= reader.Complete() ?? filing.Missing();
        if (fault is not null) return fault;
        foreach (DataSetJson json in levels) json.Complete();
        return new InstanceSummary(
            new InstanceKey(filing.StudyInstanceUid, filing.SeriesInstanceUid, filing.SopInstanceUid), filing.SopClassUid, syntax.Uid, filing.Patient(),
            filing.AccessionNumber, filing.StudyDate, filing.StudyTime, filing.Modality, filing.SeriesNumber, filing.InstanceNumber,
            hasPixels ? Math.Max(filing.NumberOfFrames ?? 1, 1) : 0, filing.BurnedInAnnotation,
            outputs[0].WrittenMemory, outputs[1].WrittenMemory, outputs[2].WrittenMemory, outputs[3].WrittenMemory);
    }

    public void Dispose()
    {
        reader.Dispose();
        foreach (DataSetJson json in levels) json.Dispose();
    }

    ValueUse IElementHandler.Element(in ElementHeader header)
    {
        if (header.Tag == TextScopes.Tag) return header.Length <= ValueLimit ? ValueUse.Hold : ValueUse.Skip;
        if (sequences > 0)
        {
            return written[sequences] && itemWritten[sequences] && header.Length <= ValueLimit && !header.Known().Vr.IsBinary() && HasRoom() ? ValueUse.Hold : ValueUse.Skip;
        }
        if (header.Tag > IndexedAttributes.Last)
        {
            if (IsPixelData(header.Tag)) hasPixels = true;
            return ValueUse.Skip;
        }
        if (!IsIndexed(header)) return ValueUse.Skip;
        if (header.Length > ValueLimit)
        {
            if (FilingAttributes.IsNeeded(header.Tag)) fault ??= new Rejection(RejectionCode.DataSetInvalid, $"{Name(header.Tag)} is longer than any such value");
            return ValueUse.Skip;
        }
        return HasRoom() || FilingAttributes.IsNeeded(header.Tag) ? ValueUse.Hold : ValueUse.Skip;
    }

    void IElementHandler.Value(in ElementHeader header, ReadOnlySpan<byte> value)
    {
        if (header.Tag == TextScopes.Tag)
        {
            scopes.Set(value);
            return;
        }
        if (sequences == 0) fault ??= filing.Take(header, value, scopes.Current);
        ElementHeader known = header.Known();
        Level.Value(known, value, syntax.BigEndian && !known.Implicit, scopes.Current);
    }

    void IElementHandler.BeginSequence(in ElementHeader header)
    {
        bool wanted = sequences == 0 ? header.Tag <= IndexedAttributes.Last && IsIndexed(header) : written[sequences] && itemWritten[sequences];
        sequences++;
        written[sequences] = wanted && header.Vr == Vr.SQ && HasRoom();
        if (written[sequences]) Level.BeginSequence(header);
    }

    void IElementHandler.BeginItem(in ElementHeader header)
    {
        scopes.BeginItem();
        itemWritten[sequences] = written[sequences] && HasRoom();
        if (itemWritten[sequences]) Level.BeginItem();
    }

    void IElementHandler.EndItem(bool delimited)
    {
        scopes.EndItem();
        if (itemWritten[sequences]) Level.EndItem();
    }

    void IElementHandler.EndSequence(bool delimited)
    {
        if (written[sequences]) Level.EndSequence();
        sequences--;
    }

    void IElementHandler.BeginFragments(in ElementHeader header) => hasPixels |= header.Depth == 0 && IsPixelData(header.Tag);

    void IElementHandler.EndFragments()
    {
    }

    // Integer, float and double pixels, and the address of pixels that are elsewhere (PS3.3-2024 C.7.6.3, C.7.6.24, C.7.6.25).
    private static bool IsPixelData(uint tag) => tag is 0x7FE00010 or 0x7FE00008 or 0x7FE00009 or 0x00287FE0;

    private static string Name(uint tag) => $"({tag >> 16:X4},{tag & 0xFFFF:X4})";

    private bool IsIndexed(in ElementHeader header)
    {
        if (!IndexedAttributes.TryFind(header.Tag, out QueryLevel found, out int number)) return false;
        if (seen[number])
        {
            // Two readers would choose differently: whose image it is must not depend on who reads it.
            fault ??= new Rejection(RejectionCode.AttributeRepeated, $"{Name(header.Tag)} stands twice");
            return false;
        }
        seen[number] = true;
        level = found;
        return true;
    }

    private bool HasRoom() => Level.Length < JsonLimit;

    private DataSetJson Level => levels[level - QueryLevel.Patient];
}
