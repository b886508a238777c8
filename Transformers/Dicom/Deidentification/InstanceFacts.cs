using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.Text;

namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>The first reading of an instance: what has to be known of it before its first attribute is written.</summary>
internal sealed class InstanceFacts : IElementHandler
{
    private const int ValueLimit = 64 * 1024;
    private const uint PrivateCharacteristics = 0x00080300;

    private readonly ProfileRules rules;
    private readonly bool bigEndian;
    private readonly TextScopes scopes = new(null);
    private readonly Stack<uint> sequences = new();
    private (ushort Group, string Creator, bool WholeBlock, List<ushort> Elements) characteristics;
    private string patientId = string.Empty;

    public InstanceFacts(ProfileRules rules, bool bigEndian)
    {
        this.rules = rules;
        this.bigEndian = bigEndian;
        Blocks = new PrivateBlocks(rules.Has(ConfidentialityOption.RetainSafePrivate));
    }

    public PrivateBlocks Blocks { get; }

    public PatientTraces Traces { get; } = new();

    public string SopClassUid { get; private set; } = string.Empty;

    public string SopInstanceUid { get; private set; } = string.Empty;

    public string StudyInstanceUid { get; private set; } = string.Empty;

    public string SeriesInstanceUid { get; private set; } = string.Empty;

    public string Modality { get; private set; } = string.Empty;

    /// <summary>(0028,0301): YES, NO or nothing.</summary>
    public string BurnedInAnnotation { get; private set; } = string.Empty;

    /// <summary>(0028,0302) is YES.</summary>
    public bool RecognizableVisualFeatures { get; private set; }

    /// <summary>Bits of an overlay stand in the bits of the pixels (retired: PS3.3-2004 C.9.2).</summary>
    public bool OverlayInPixels { get; private set; }

    /// <summary>(0028,0303) as it came.</summary>
    public string TemporalInformation { get; private set; } = string.Empty;

    /// <summary>By which the patient's pseudonym and shift are made: the patient's number; the study where there is none, and at last the instance.</summary>
    public string Patient => patientId.Length > 0 ? patientId : StudyInstanceUid.Length > 0 ? StudyInstanceUid : SopInstanceUid;

    /// <returns>What it cannot be written without.</returns>
    public Rejection? Missing() =>
        SopClassUid.Length == 0 ? new Rejection(RejectionCode.AttributeMissing, "(0008,0016) is missing")
        : SopInstanceUid.Length == 0 ? new Rejection(RejectionCode.AttributeMissing, "(0008,0018) is missing")
        : null;

    public ValueUse Element(in ElementHeader header)
    {
        uint tag = header.Tag;
        if (ElementDictionary.IsPrivate(tag) && !ElementDictionary.IsCreator(tag)) Blocks.IsSafe(tag, header.Vr);
        if (header.Length > ValueLimit) return ValueUse.Skip;
        if ((tag & 0xFF01FFFF) == 0x60000100) return ValueUse.Hold;
        bool wanted = tag is TextScopes.Tag or 0x00080016 or 0x00080018 or 0x00080060 or 0x0020000D or 0x0020000E or 0x00280301 or 0x00280302 or 0x00280303
            || ElementDictionary.IsCreator(tag) || IsCharacteristic(tag) || PatientTraces.Tell(tag, VrOf(header), rules.Has);
        return wanted ? ValueUse.Hold : ValueUse.Skip;
    }

    public void Value(in ElementHeader header, ReadOnlySpan<byte> value)
    {
        uint tag = header.Tag;
        if (tag == TextScopes.Tag) scopes.Set(value);
        if (ElementDictionary.IsCreator(tag)) Blocks.Creator(tag, value);
        Vr vr = VrOf(header);
        string text = scopes.Current.Decode(value, vr, out _).Trim(' ', '\0');
        if ((tag & 0xFF01FFFF) == 0x60000100) OverlayInPixels |= value.Length >= 2 && (value[0] | value[1]) != 1;
        else if (IsCharacteristic(tag)) Characterize(tag, value, text);
        else if (PatientTraces.Tell(tag, vr, rules.Has)) Traces.Add(text, vr == Vr.PN);
        if (sequences.Count == 0) Take(tag, text);
    }

    public void BeginSequence(in ElementHeader header)
    {
        if (ElementDictionary.IsPrivate(header.Tag)) Blocks.IsSafe(header.Tag, header.Vr);
        sequences.Push(header.Tag);
    }

    public void BeginItem(in ElementHeader header)
    {
        scopes.BeginItem();
        Blocks.BeginItem();
        if (InCharacteristics) characteristics = (0, string.Empty, false, []);
    }

    public void EndItem(bool delimited)
    {
        scopes.EndItem();
        Blocks.EndItem();
        if (InCharacteristics) Blocks.Declare(characteristics.Group, characteristics.Creator, characteristics.WholeBlock, characteristics.Elements);
    }

    public void EndSequence(bool delimited) => sequences.Pop();

    public void BeginFragments(in ElementHeader header)
    {
    }

    public void EndFragments()
    {
    }

    private bool InCharacteristics => sequences.Count == 1 && sequences.Peek() == PrivateCharacteristics;

    private bool IsCharacteristic(uint tag) => InCharacteristics && tag is 0x00080301 or 0x00080302 or 0x00080303 or 0x00080304;

    // Private Data Element Characteristics (PS3.3-2025a C.12.1).
    private void Characterize(uint tag, ReadOnlySpan<byte> value, string text)
    {
        if (tag == 0x00080302) characteristics.Creator = text;
        else if (tag == 0x00080303) characteristics.WholeBlock = text == "SAFE";
        else
        {
            for (int at = 0; at + 2 <= value.Length; at += 2)
            {
                ushort number = (ushort)(bigEndian ? (value[at] << 8) | value[at + 1] : value[at] | (value[at + 1] << 8));
                if (tag == 0x00080301) characteristics.Group = number;
                else characteristics.Elements.Add(number);
            }
        }
    }

    private void Take(uint tag, string text)
    {
        switch (tag)
        {
            case 0x00080016:
                SopClassUid = text;
                break;
            case 0x00080018:
                SopInstanceUid = text;
                break;
            case 0x00080060:
                Modality = text;
                break;
            case 0x00100020:
                patientId = text;
                break;
            case 0x0020000D:
                StudyInstanceUid = text;
                break;
            case 0x0020000E:
                SeriesInstanceUid = text;
                break;
            case 0x00280301:
                BurnedInAnnotation = text;
                break;
            case 0x00280302:
                RecognizableVisualFeatures = text == "YES";
                break;
            case 0x00280303:
                TemporalInformation = text;
                break;
        }
    }

    private static Vr VrOf(in ElementHeader header) => ElementDictionary.Find(header.Tag)?.Vr is { } vr and not Vr.Other ? vr : header.Vr;
}
