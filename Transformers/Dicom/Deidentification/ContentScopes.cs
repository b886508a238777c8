using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>In which sequences the reader is, and what their treatment makes of an attribute.</summary>
internal sealed class ContentScopes(ProfileRules rules)
{
    private const uint ConceptNameCodeSequence = 0x0040A043;
    private const uint CodeValue = 0x00080100;

    // Sex, age, height, weight, birth date, name and number of the subject (PS3.16-2025a CID 7454, TID 1007).
    private static readonly string[] Characteristics =
        ["121028", "121029", "121030", "121031", "121032", "121033", "8302-2", "3137-7", "3138-5", "29463-7", "3141-9", "39156-5", "8277-6"];

    private readonly Stack<(uint Tag, SequenceTreatment Treatment)> sequences = new();

    // Of each open item, whether its concept describes the patient.
    private readonly Stack<bool> items = new();

    public bool AtTop => sequences.Count == 0;

    public SequenceTreatment Treatment => AtTop ? SequenceTreatment.Follow : sequences.Peek().Treatment;

    private bool Describes => items.Count > 0 && items.Peek();

    public void BeginSequence(uint tag, SequenceTreatment treatment) => sequences.Push((tag, treatment));

    public uint EndSequence() => sequences.Pop().Tag;

    public void BeginItem() => items.Push(false);

    public void EndItem()
    {
        bool describes = items.Pop();
        // The concept's name is an item in the item that it names.
        if (describes && sequences.Peek().Tag == ConceptNameCodeSequence && items.Count > 0 && !items.Peek())
        {
            items.Pop();
            items.Push(true);
        }
    }

    /// <summary>A value that was read: the code of a concept tells what its item is about.</summary>
    public void Saw(uint tag, ReadOnlySpan<byte> value)
    {
        if (tag != CodeValue || AtTop || sequences.Peek().Tag != ConceptNameCodeSequence || items.Count == 0) return;
        if (rules.Has(ConfidentialityOption.RetainPatientCharacteristics) || !Characteristics.Contains(System.Text.Encoding.ASCII.GetString(value).Trim(' ', '\0'))) return;
        items.Pop();
        items.Push(true);
    }

    /// <summary>How a sequence is dealt with that stands where the reader is.</summary>
    public SequenceTreatment Within(uint tag)
    {
        if (ElementDictionary.Find(tag) is null && ProfileTable.Find(tag) is null) return SequenceTreatment.Removed;
        SequenceTreatment own = rules.OfSequence(tag);
        if (Treatment == SequenceTreatment.Follow || own is SequenceTreatment.Removed or SequenceTreatment.Emptied) return own;
        bool inContent = Treatment is SequenceTreatment.ContentDummy or SequenceTreatment.ContentClean;
        if (inContent && Describes && tag is 0x0040A168 or 0x0040A300) return SequenceTreatment.Dummy;
        return own == SequenceTreatment.Dummy ? own : Treatment;
    }

    public ElementAction Decide(uint tag, Vr vr)
    {
        ElementAction action = rules.Of(tag, vr);
        if (action != ElementAction.Keep || ProfileTable.Find(tag) is not null || vr is Vr.CS or Vr.UI or Vr.AT) return action;
        bool isCode = tag is CodeValue or 0x00080102 or 0x00080103 or 0x00080119;
        bool isText = vr.IsCharacterSetText();
        return Treatment switch
        {
            SequenceTreatment.Dummy => ElementAction.Dummy,
            SequenceTreatment.ContentDummy => isCode || tag == 0x00080104 ? action
                : isText || tag is 0x0040A30A or 0x0040A161 or 0x0040A162 ? ElementAction.Dummy : action,
            SequenceTreatment.ContentClean => isCode || tag == 0x00080104 ? action : isText ? ElementAction.Clean : action,
            SequenceTreatment.TextClean => isCode ? action : isText ? ElementAction.Clean : action,
            SequenceTreatment.GraphicsClean => isText ? ElementAction.Dummy : action,
            _ => action,
        };
    }
}
