using System.Text;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.Text;
using EHealthPlus.Transformers.Dicom.Writing;

namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>
/// The second reading of an instance: writes it as it comes, without what identifies. Holds single values up to a megabyte; pixel data and
/// other bulk passes through in parts.
/// </summary>
internal sealed class Deidentification : IElementHandler
{
    private const int ValueLimit = 1024 * 1024;
    private const uint MethodCodeSequence = 0x00120064;

    private readonly ProfileRules rules;
    private readonly ProjectKey key;
    private readonly InstanceFacts facts;
    private readonly Transcoding output;
    private readonly TextScopes scopes = new(null);
    private readonly ContentScopes content;
    private readonly StatedAttributes stated;
    private readonly int days;
    private ElementAction action;
    private bool fragmentsKept;
    private bool passing;

    public Deidentification(ProfileRules rules, ProjectKey key, InstanceFacts facts, StatedAttributes stated, Transcoding output)
    {
        (this.rules, this.key, this.facts, this.stated, this.output) = (rules, key, facts, stated, output);
        content = new ContentScopes(rules);
        days = key.ShiftOfDays(facts.Patient);
    }

    public DeidentificationCounts Counts { get; } = new();

    /// <summary>All has been read.</summary>
    public void Complete() => stated.WriteUpTo(uint.MaxValue, output);

    public ValueUse Element(in ElementHeader header)
    {
        uint tag = header.Tag;
        passing = false;
        if (tag == HeaderBytes.Item) return fragmentsKept ? Pass(header) : ValueUse.Skip;
        if (content.Treatment is SequenceTreatment.Removed or SequenceTreatment.Emptied)
        {
            action = ElementAction.Remove;
            // The character set and the creators of what is removed still end with it.
            return ValueUse.Skip;
        }
        if (content.AtTop) stated.WriteUpTo(tag, output);
        if ((tag & 0xFFFF) == 0 || (content.AtTop && StatedAttributes.Are(tag)))
        {
            action = ElementAction.Remove;
            return ValueUse.Skip;
        }
        action = Decide(header);
        switch (action)
        {
            case ElementAction.Remove:
                CountRemoved(tag);
                return ValueUse.Skip;
            case ElementAction.Empty or ElementAction.Dummy when header.Length > 0:
                Write(header, action == ElementAction.Empty ? [] : Dummies.Of(VrOf(header), header.Length));
                if (action == ElementAction.Empty) Counts.Emptied++;
                else Counts.Replaced++;
                return ValueUse.Skip;
            case ElementAction.Keep when !NeedsLook(header):
                Counts.Kept++;
                return Pass(header);
            default:
                return ValueUse.Hold;
        }
    }

    public void Value(in ElementHeader header, ReadOnlySpan<byte> value)
    {
        uint tag = header.Tag;
        if (tag == TextScopes.Tag) scopes.Set(value);
        if (ElementDictionary.IsCreator(tag)) facts.Blocks.Creator(tag, value);
        content.Saw(tag, value);
        string text = scopes.Current.Decode(value, VrOf(header), out _);
        byte[]? changed = value.IsEmpty ? null : Changed(header, text.TrimEnd(' ', '\0'));
        if (action == ElementAction.Remove) CountRemoved(tag);
        else if (changed is not null) Write(header, changed);
        else
        {
            Counts.Kept++;
            Write(header, value);
        }
    }

    public void Part(in ElementHeader header, ReadOnlySpan<byte> part)
    {
        if (passing) output.Part(header, part);
    }

    public void EndElement(in ElementHeader header)
    {
        if (passing) output.EndElement(header);
    }

    public void BeginSequence(in ElementHeader header)
    {
        bool top = content.AtTop;
        if (top) stated.WriteUpTo(header.Tag == MethodCodeSequence ? header.Tag - 1 : header.Tag, output);
        bool gone = content.Treatment is SequenceTreatment.Removed or SequenceTreatment.Emptied;
        SequenceTreatment treatment = gone ? SequenceTreatment.Removed
            : ElementDictionary.IsPrivate(header.Tag) ? facts.Blocks.IsSafe(header.Tag, header.Vr) ? SequenceTreatment.Follow : SequenceTreatment.Removed
            : top && header.Tag == MethodCodeSequence ? SequenceTreatment.Follow
            : content.Within(header.Tag);
        if (!gone && treatment == SequenceTreatment.Removed) CountRemoved(header.Tag);
        else if (treatment == SequenceTreatment.Emptied) Counts.Emptied++;
        else if (!gone) Counts.Kept++;
        content.BeginSequence(header.Tag, treatment);
        if (treatment != SequenceTreatment.Removed) output.BeginSequence(header);
    }

    public void BeginItem(in ElementHeader header)
    {
        scopes.BeginItem();
        facts.Blocks.BeginItem();
        content.BeginItem();
        if (content.Treatment is not (SequenceTreatment.Removed or SequenceTreatment.Emptied)) output.BeginItem(header);
    }

    public void EndItem(bool delimited)
    {
        if (content.Treatment is not (SequenceTreatment.Removed or SequenceTreatment.Emptied)) output.EndItem(delimited);
        content.EndItem();
        facts.Blocks.EndItem();
        scopes.EndItem();
    }

    public void EndSequence(bool delimited)
    {
        bool written = content.Treatment != SequenceTreatment.Removed;
        uint tag = content.EndSequence();
        // What was done before stays told: this is one step more (PS3.3-2025a C.7.1.1.1.2).
        if (content.AtTop && tag == MethodCodeSequence) stated.WriteMethodItems(output);
        if (written) output.EndSequence(delimited);
    }

    public void BeginFragments(in ElementHeader header)
    {
        if (content.AtTop) stated.WriteUpTo(header.Tag, output);
        fragmentsKept = content.AtTop && header.Tag == 0x7FE00010;
        if (fragmentsKept) output.BeginFragments(header);
        else CountRemoved(header.Tag);
    }

    public void EndFragments()
    {
        if (fragmentsKept) output.EndFragments();
        fragmentsKept = false;
    }

    private ElementAction Decide(in ElementHeader header)
    {
        uint tag = header.Tag;
        if (tag == TextScopes.Tag) return ElementAction.Keep;
        if (ElementDictionary.IsCreator(tag)) return facts.Blocks.IsKept(tag) ? ElementAction.Keep : ElementAction.Remove;
        if (ElementDictionary.IsPrivate(tag)) return facts.Blocks.IsSafe(tag, header.Vr) ? ElementAction.Keep : ElementAction.Remove;
        DefinedElement? defined = ElementDictionary.Find(tag);
        ProfileRow? row = ProfileTable.Find(tag);
        // Commands, meta information and directories have no place in a data set; and what nobody knows, nobody can judge.
        if (tag < 0x00080000 || (defined is null && row is null)) return ElementAction.Remove;
        // An image within the image is not what was asked about when its pixels were accepted.
        if (tag == 0x7FE00010 && !content.AtTop) return ElementAction.Remove;
        Vr vr = VrOf(header);
        // Bytes in the place of a sequence are not gone through: it stays without items.
        if (vr == Vr.SQ) return rules.OfSequence(tag) == SequenceTreatment.Removed ? ElementAction.Remove : ElementAction.Empty;
        // Bytes where the registry has words: who wrote them meant something else.
        if (header.Vr.IsBinary() && header.Vr != Vr.UN && !vr.IsBinary() && defined is { Others: not [.., Vr.OW] }) return ElementAction.Remove;
        ElementAction decided = content.Decide(tag, vr);
        return header.Length > ValueLimit && decided is not (ElementAction.Keep or ElementAction.Empty or ElementAction.Dummy) ? ElementAction.Remove
            : header.Length > ValueLimit && decided == ElementAction.Keep && vr.IsCharacterSetText() ? ElementAction.Dummy
            : decided;
    }

    private static bool NeedsLook(in ElementHeader header) =>
        header.Length > 0 && (VrOf(header).IsCharacterSetText() || header.Tag == TextScopes.Tag || ElementDictionary.IsCreator(header.Tag));

    /// <returns>The new value, padded; null where it stays as it is. May set the action to Remove.</returns>
    private byte[]? Changed(in ElementHeader header, string text)
    {
        switch (action)
        {
            case ElementAction.MapUid:
                string mapped = string.Join('\\', text.Split('\\').Select(uid => key.Uid(uid.Trim())));
                if (mapped == text) return null;
                Counts.Remapped++;
                return Dummies.Uid(mapped);
            case ElementAction.ShiftDate:
                if (DateShift.Move(text, days) is not { } moved) return Basic(header);
                Counts.Shifted++;
                return Dummies.Ascii(moved);
            case ElementAction.Clean:
                if (CleanWords.Of(text) is not { Length: > 0 } words || facts.Traces.AreIn(words)) return Basic(header);
                Counts.Cleaned++;
                return Dummies.Ascii(words);
            case ElementAction.PseudonymName:
                Counts.Replaced++;
                return Dummies.Ascii($"{Dummies.Name}^{key.Pseudonym(facts.Patient)}");
            case ElementAction.PseudonymId:
                Counts.Replaced++;
                return Dummies.Ascii(key.Pseudonym(text.Trim()));
            default:
                if (header.Tag == TextScopes.Tag || ElementDictionary.IsCreator(header.Tag) || !facts.Traces.AreIn(text)) return null;
                Counts.Traces++;
                Counts.Replaced++;
                return Dummies.Ascii(Dummies.Text);
        }
    }

    private byte[] Basic(in ElementHeader header)
    {
        action = ProfileRules.Basic(header.Tag, VrOf(header));
        if (action is ElementAction.Remove) return [];
        if (action == ElementAction.Empty) Counts.Emptied++;
        else Counts.Replaced++;
        return action == ElementAction.Empty ? [] : Dummies.Of(VrOf(header), header.Length);
    }

    private ValueUse Pass(in ElementHeader header)
    {
        passing = true;
        return output.Element(header);
    }

    private void Write(in ElementHeader header, ReadOnlySpan<byte> value)
    {
        ElementHeader written = header with { Length = value.Length };
        output.Element(written);
        output.Part(written, value);
        output.EndElement(written);
    }

    private void CountRemoved(uint tag)
    {
        if (ElementDictionary.IsPrivate(tag)) Counts.PrivateRemoved++;
        else Counts.Removed++;
    }

    private static Vr VrOf(in ElementHeader header) =>
        ElementDictionary.Find(header.Tag) is not { Vr: not Vr.Other } defined ? header.Vr
        : header.Vr != Vr.UN && defined.Others.Contains(header.Vr) ? header.Vr
        : defined.Vr;
}
