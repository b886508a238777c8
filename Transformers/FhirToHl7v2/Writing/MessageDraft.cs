using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;
using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Writing;

/// <summary>A message being written: its segments in their order, and the canonical message that they come from.</summary>
internal sealed class MessageDraft(CanonicalMessage source)
{
    private readonly List<SegmentDraft> segments = [];
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    public CanonicalMessage Source => source;

    /// <summary>Begins a segment. One that stays empty is left out.</summary>
    public SegmentDraft Add(string name)
    {
        var segment = new SegmentDraft(name);
        segments.Add(segment);
        return segment;
    }

    /// <summary>The same with a set id in field 1, counted from 1 within the message.</summary>
    public SegmentDraft AddNumbered(string name)
    {
        var number = counts[name] = counts.GetValueOrDefault(name) + 1;
        return Add(name).Number(number);
    }

    /// <summary>Counts the set ids of a segment from 1 again: they belong to a group.</summary>
    public void Restart(string name) => counts.Remove(name);

    /// <returns>The message; or CharacterSetContradicted where the receiver's character set lacks a character.</returns>
    public Result<byte[]> ToBytes(CharacterSet characterSet)
    {
        var writer = new Er7Writer(Delimiters.Recommended);
        foreach (var segment in segments.Where(segment => !segment.IsEmpty || segment.Name is "MSH" or "RGS")) segment.Write(writer);
        return writer.ToBytes(characterSet);
    }
}
