using System.Text;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

/// <summary>
/// One repetition, component or subcomponent of the message: a range of its leaves. A data type is read the same way wherever it
/// stands: the parts of a repetition are its components, those of a component its subcomponents.
/// Reading maps nothing: a leaf counts as mapped once it is set on a FHIR node.
/// </summary>
public readonly struct Value
{
    private readonly Mapping mapping;
    private readonly int from;
    private readonly int until;
    private readonly Level level;

    internal Value(Mapping mapping, int from, int until, Level level)
    {
        this.mapping = mapping;
        this.from = from;
        this.until = until;
        this.level = level;
    }

    internal enum Level : byte { Repetition = 1, Component = 2, Subcomponent = 3 }

    public Mapping Mapping => mapping;

    internal int From => from;

    internal int Until => until;

    internal Level Depth => level;

    /// <summary>False where it is absent, and where it is blank or null ("") throughout.</summary>
    public bool HasValue
    {
        get
        {
            if (from == until) return false;
            var leaves = mapping.Leaves;
            for (var leaf = from; leaf < until; leaf++)
            {
                if (leaves.IsValued(leaf)) return true;
            }

            return false;
        }
    }

    /// <summary>Two quotation marks alone: what is known is to be deleted (HL7 v2.8.2 2.5.3.3).</summary>
    public bool IsNull => until == from + 1 && mapping.Leaves.IsNull(from);

    /// <summary>Component of a repetition, or subcomponent of a component, from 1. Part 1 of a subcomponent is itself.</summary>
    public Value this[int number]
    {
        get
        {
            if (from == until) return default;
            if (level == Level.Subcomponent) return number == 1 ? this : default;
            var leaves = mapping.Leaves;
            // Most parts that a map asks for stand behind the last one that was sent.
            if (NumberOf(until - 1) < number) return default;
            var component = level == Level.Repetition;
            var first = from;
            while (first < until && (component ? leaves[first].Component : leaves[first].Subcomponent) < number) first++;
            var end = first;
            while (end < until && (component ? leaves[end].Component : leaves[end].Subcomponent) == number) end++;
            return first == end ? default : new Value(mapping, first, end, level + 1);
        }
    }

    /// <summary>Number of the last component or subcomponent that is there; 0 where it is absent.</summary>
    public int PartCount => from == until ? 0 : level == Level.Subcomponent ? 1 : NumberOf(until - 1);

    /// <summary>
    /// The leaf that a simple data type reads: component 1, subcomponent 1. <see cref="FhirNode.NoLeaf"/> where that is not valued.
    /// </summary>
    public int Leaf
    {
        get
        {
            if (from == until) return FhirNode.NoLeaf;
            ref readonly var leaf = ref mapping.Leaves[from];
            if (level == Level.Repetition && leaf.Component != 1) return FhirNode.NoLeaf;
            if (level != Level.Subcomponent && leaf.Subcomponent != 1) return FhirNode.NoLeaf;
            return mapping.Leaves.IsValued(from) ? from : FhirNode.NoLeaf;
        }
    }

    /// <summary>Text of the leaf, escapes resolved; empty where there is none.</summary>
    public ReadOnlySpan<byte> Utf8 => Leaf is >= 0 and var leaf ? mapping.Leaves.Utf8(leaf) : default;

    public string Text => Encoding.UTF8.GetString(Utf8);

    public bool Is(ReadOnlySpan<byte> text) => Utf8.SequenceEqual(text);

    public bool IsOneOf(ReadOnlySpan<byte> one, ReadOnlySpan<byte> two) => Is(one) || Is(two);

    /// <summary>Leaves all of it out of the FHIR body, for the reason that the rule names.</summary>
    public void Drop(Ledger.DropRule rule)
    {
        for (var leaf = from; leaf < until; leaf++) mapping.Notes.Drop(leaf, rule);
    }

    /// <summary>Says why all of it that is not mapped is carried; or, where it is mapped, how it was changed.</summary>
    public void Note(string reason)
    {
        for (var leaf = from; leaf < until; leaf++) mapping.Notes.Add(leaf, reason);
    }

    private int NumberOf(int leaf) => level == Level.Repetition ? mapping.Leaves[leaf].Component : mapping.Leaves[leaf].Subcomponent;
}
