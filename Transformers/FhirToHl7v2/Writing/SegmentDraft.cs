using System.Globalization;
using EHealthPlus.Transformers.Hl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Writing;

/// <summary>A segment whose values are given in any order and written in that of the standard.</summary>
internal sealed class SegmentDraft(string name)
{
    private readonly SortedDictionary<(int Field, int Repetition, int Component, int Subcomponent), string> values = [];

    private bool numbered;

    public string Name => name;

    /// <summary>True where no value was given but a set id.</summary>
    public bool IsEmpty => values.Count == (numbered ? 1 : 0);

    /// <summary>Gives the segment its set id, in field 1.</summary>
    public SegmentDraft Number(int setId)
    {
        numbered = true;
        return Set(1, setId.ToString(CultureInfo.InvariantCulture));
    }

    /// <param name="text">Nothing is set where it is null or empty.</param>
    /// <param name="repetition">From 0.</param>
    public SegmentDraft Set(int field, string? text, int component = 1, int subcomponent = 1, int repetition = 0)
    {
        if (!string.IsNullOrEmpty(text)) values[(field, repetition, component, subcomponent)] = text;
        return this;
    }

    public bool Has(int field, int component = 1, int repetition = 0) => values.Keys.Any(at => at.Field == field && at.Component == component && at.Repetition == repetition);

    /// <summary>Adds each line of a text as a repetition.</summary>
    public SegmentDraft SetLines(int field, string? text)
    {
        foreach (var line in (text ?? "").Split('\n')) Set(field, line, repetition: Repetitions(field));
        return this;
    }

    /// <summary>Number of repetitions that the field has.</summary>
    public int Repetitions(int field) => values.Keys.Where(at => at.Field == field).Select(at => at.Repetition + 1).DefaultIfEmpty(0).Max();

    public void Write(Er7Writer writer)
    {
        writer.Segment(name);
        var (field, repetition) = (0, 0);
        foreach (var (at, text) in values)
        {
            if (at.Field != field)
            {
                writer.Field(at.Field);
                (field, repetition) = (at.Field, 0);
            }

            for (; repetition < at.Repetition; repetition++) writer.Repeat();
            writer.Component(at.Component).Subcomponent(at.Subcomponent).Text(text);
        }
    }
}
