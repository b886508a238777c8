using System.Text;

namespace EHealthPlus.Transformers.Fhir.Building;

/// <summary>
/// Holds the FHIR resources of one message while they are built: all nodes in one array, all text in another, both used again for the
/// next message. Each value remembers the leaf of the message it came from, so that afterwards the ledger can be read off the tree.
/// Not for use by two threads at once.
/// </summary>
public sealed class FhirArena
{
    private Node[] nodes = new Node[1024];
    private byte[] text = new byte[16 * 1024];
    private Origin[] origins = new Origin[512];
    private int[] roots = new int[64];
    private int nodeCount;
    private int textLength;
    private int originCount;
    private int rootCount;

    /// <summary>Number of resources, removed ones too.</summary>
    public int ResourceCount => rootCount;

    /// <summary>How many times so far a leaf went to a node.</summary>
    public int OriginCount => originCount;

    /// <summary>True once it is known that no text holds a character that JSON must escape: one look over all spares one at each string.</summary>
    internal bool TextIsPlain { get; set; }

    /// <summary>All text, also what no node points to.</summary>
    internal ReadOnlySpan<byte> Text => text.AsSpan(0, textLength);

    internal ReadOnlySpan<Origin> Origins => origins.AsSpan(0, originCount);

    internal ref Node this[int index] => ref nodes[index];

    /// <summary>The leaves that went to resources of that type, in the order in which they were mapped.</summary>
    public IEnumerable<(int Leaf, FhirNode Resource)> MappedTo(string type)
    {
        for (var origin = 0; origin < originCount; origin++)
        {
            var at = origins[origin].Node;
            while (nodes[at].Parent >= 0) at = nodes[at].Parent;
            if (nodes[at].Name == type && (nodes[at].State & NodeState.Removed) == 0) yield return (origins[origin].Leaf, new FhirNode(this, at));
        }
    }

    /// <summary>Forgets everything, and keeps the arrays unless one message made them very large.</summary>
    public void Clear()
    {
        nodeCount = textLength = originCount = rootCount = 0;
        TextIsPlain = false;
        if (nodes.Length > 64 * 1024) nodes = new Node[1024];
        if (text.Length > 1024 * 1024) text = new byte[16 * 1024];
        if (origins.Length > 64 * 1024) origins = new Origin[512];
    }

    /// <summary>Begins a resource. It is written where it gets a value, or <see cref="FhirNode.Keep"/> is called.</summary>
    public FhirNode Resource(string type)
    {
        var node = New(type, NodeKind.Object, -1);
        if (rootCount == roots.Length) Array.Resize(ref roots, roots.Length * 2);
        roots[rootCount++] = node;
        return new FhirNode(this, node);
    }

    public FhirNode ResourceAt(int position) => new(this, roots[position]);

    /// <summary>Copies UTF-8 into the arena.</summary>
    public FhirText Write(ReadOnlySpan<byte> utf8)
    {
        var start = textLength;
        if (text.Length - start < utf8.Length) Reserve(utf8.Length);
        utf8.CopyTo(text.AsSpan(start));
        textLength = start + utf8.Length;
        return new FhirText(start, utf8.Length);
    }

    public FhirText Write(ReadOnlySpan<char> characters)
    {
        var length = Encoding.UTF8.GetBytes(characters, Reserve(characters.Length * 3));
        return Commit(length);
    }

    /// <summary>Room at the end of the text, to be filled and then taken with <see cref="Commit"/>.</summary>
    public Span<byte> Reserve(int length)
    {
        if (text.Length - textLength < length) Array.Resize(ref text, Math.Max(text.Length * 2, textLength + length));
        return text.AsSpan(textLength);
    }

    public FhirText Commit(int length)
    {
        var slice = new FhirText(textLength, length);
        textLength += length;
        return slice;
    }

    public ReadOnlySpan<byte> Read(FhirText slice) => text.AsSpan(slice.Offset, slice.Length);

    internal int New(string name, NodeKind kind, int parent)
    {
        var index = nodeCount++;
        if (index >= nodes.Length) Array.Resize(ref nodes, nodes.Length * 2);
        var all = nodes;
        ref var node = ref all[index];
        // Field by field: copying a whole struct with references in it costs more than all the rest.
        node.Name = name;
        node.Constant = null;
        node.Parent = parent;
        node.First = node.Last = node.Next = node.LastOrigin = -1;
        node.Offset = node.Length = 0;
        node.Names = 0;
        node.Kind = kind;
        node.State = NodeState.None;
        if (parent < 0) return index;
        ref var above = ref all[parent];
        above.Names |= BitOf(name);
        if (above.First < 0) above.First = index;
        else all[above.Last].Next = index;
        above.Last = index;
        return index;
    }

    /// <returns>The property's node, or -1.</returns>
    internal int Find(int parent, string name)
    {
        var all = nodes;
        ref var above = ref all[parent];
        if ((above.Names & BitOf(name)) == 0) return -1;
        for (var child = above.First; child >= 0; child = all[child].Next)
        {
            ref var node = ref all[child];
            if ((node.State & NodeState.Removed) == 0 && (ReferenceEquals(node.Name, name) || node.Name == name)) return child;
        }

        return -1;
    }

    private static ulong BitOf(string name) => 1UL << (((name.Length * 7) + name[0] + (name[^1] * 3)) & 63);

    internal void AddOrigin(int leaf, int node)
    {
        if (originCount == origins.Length) Array.Resize(ref origins, origins.Length * 2);
        ref var last = ref nodes[node].LastOrigin;
        origins[originCount] = new Origin(leaf, node, last);
        last = originCount++;
    }

    /// <summary>Says that other leaves went where some went before.</summary>
    /// <param name="from">The first of those: <see cref="OriginCount"/> before they went there.</param>
    /// <param name="until"><see cref="OriginCount"/> after the last.</param>
    /// <param name="shift">How far behind each of them the other stands in the message.</param>
    public void RepeatOrigins(int from, int until, int shift)
    {
        for (var at = from; at < until; at++) AddOrigin(origins[at].Leaf + shift, origins[at].Node);
    }

    internal void MarkPopulated(int node)
    {
        var all = nodes;
        while (node >= 0)
        {
            ref var at = ref all[node];
            if ((at.State & NodeState.Populated) != 0) return;
            at.State |= NodeState.Populated;
            node = at.Parent;
        }
    }

    internal ReadOnlySpan<byte> TextOf(in Node node) => text.AsSpan(node.Offset, node.Length);
}
