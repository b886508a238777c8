namespace EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;

/// <summary>What the maps said about single leaves while they worked.</summary>
public sealed class LedgerNotes
{
    private readonly List<(int Leaf, string Text)> notes = [];
    private DropRule[] dropped = new DropRule[1024];

    public int Count => notes.Count;

    internal void Open(int leaves)
    {
        notes.Clear();
        if (notes.Capacity > 16 * 1024) notes.TrimExcess();
        if (dropped.Length < leaves || dropped.Length > 16 * 1024) dropped = new DropRule[Math.Max(leaves, 1024)];
        dropped.AsSpan(0, leaves).Clear();
    }

    public void Drop(int leaf, DropRule rule) => dropped[leaf] = rule;

    public void Add(int leaf, string text)
    {
        if (leaf >= 0) notes.Add((leaf, text));
    }

    public DropRule RuleOf(int leaf) => dropped[leaf];

    /// <summary>What was noted about each leaf, joined.</summary>
    public Dictionary<int, string> Texts()
    {
        var texts = new Dictionary<int, string>();
        foreach (var (leaf, text) in notes)
        {
            if (!texts.TryGetValue(leaf, out var known)) texts[leaf] = text;
            else if (!known.Contains(text, StringComparison.Ordinal)) texts[leaf] = $"{known}; {text}";
        }

        return texts;
    }
}
