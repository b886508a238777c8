using System.Text;

namespace EHealthPlus.Transformers.Fhir.Building;

/// <summary>
/// A handle on an object of an arena: a resource, an element, or an item of a list. The default value is "no node": it may be referred
/// to (nothing is written then), but not built on.
/// Objects that got no value are not written, so a map may name an element before it knows whether there is anything for it.
/// </summary>
public readonly struct FhirNode : IEquatable<FhirNode>
{
    private readonly FhirArena? arena;
    private readonly int index;

    internal FhirNode(FhirArena arena, int index)
    {
        this.arena = arena;
        this.index = index;
    }

    /// <summary>Leaf number that stands for "not from the message".</summary>
    public const int NoLeaf = -1;

    public bool Exists => arena is not null;

    public bool Populated => arena is not null && (arena[index].State & NodeState.Populated) != 0;

    /// <summary>True where it was taken out of the tree, or folded into another.</summary>
    public bool IsRemoved => arena is not null && (arena[index].State & NodeState.Removed) != 0;

    /// <summary>For a resource its type, else the property's name.</summary>
    public string Name => Arena[index].Name;

    public FhirArena Arena => arena ?? throw new InvalidOperationException("There is no node here");

    internal int Index => index;

    /// <summary>The object under that name; made where there is none.</summary>
    public FhirNode Object(string name)
    {
        var found = Arena.Find(index, name);
        return new FhirNode(Arena, found >= 0 ? found : Arena.New(name, NodeKind.Object, index));
    }

    /// <summary>A new object at the end of the list of that name.</summary>
    public FhirNode Item(string name)
    {
        var list = List(name);
        return new FhirNode(Arena, Arena.New(name, NodeKind.Object, list));
    }

    /// <summary>A new extension. It is written only where it gets a value.</summary>
    public FhirNode Extension(string url) => Item("extension").Constant("url", url);

    /// <summary>Sets a string.</summary>
    public FhirNode Set(string name, FhirText value, int leaf = NoLeaf) => Put(name, NodeKind.Text, value, leaf);

    /// <summary>Sets a number or boolean; the text must be JSON already. Digits stay as they are: 1.50 is written 1.50.</summary>
    public FhirNode SetRaw(string name, FhirText value, int leaf = NoLeaf) => Put(name, NodeKind.Raw, value, leaf);

    /// <summary>Sets a code or other fixed text that a value of the message was translated to.</summary>
    public FhirNode Set(string name, string value, int leaf = NoLeaf)
    {
        var node = Replace(name, NodeKind.Text);
        Arena[node].Constant = value;
        return Filled(node, leaf);
    }

    public FhirNode Set(string name, bool value, int leaf = NoLeaf)
    {
        var node = Replace(name, NodeKind.Raw);
        Arena[node].Constant = value ? "true" : "false";
        return Filled(node, leaf);
    }

    /// <summary>Sets what is always the same, such as a system: written where the object has a value beside it.</summary>
    public FhirNode Constant(string name, string value)
    {
        var node = Replace(name, NodeKind.Text);
        Arena[node].Constant = value;
        Arena[node].State |= NodeState.Follows;
        return this;
    }

    /// <summary>The same with text of the arena, such as an id.</summary>
    public FhirNode ConstantText(string name, FhirText value)
    {
        var node = Replace(name, NodeKind.Text);
        Arena[node].Offset = value.Offset;
        Arena[node].Length = value.Length;
        Arena[node].State |= NodeState.Follows;
        return this;
    }

    /// <summary>A whole element that is always the same, as JSON in ASCII: written where the object has a value beside it.</summary>
    public FhirNode ConstantJson(string name, string json)
    {
        var node = Replace(name, NodeKind.Raw);
        Arena[node].Constant = json;
        Arena[node].State |= NodeState.Follows;
        return this;
    }

    /// <summary>An object of constants, such as the type of an identifier: written where this object has a value beside it.</summary>
    public FhirNode ConstantObject(string name)
    {
        var node = Object(name);
        Arena[node.index].State |= NodeState.Follows;
        return node;
    }

    /// <summary>A list item of constants: written where this object has a value beside it.</summary>
    public FhirNode ConstantItem(string name)
    {
        var list = List(name);
        Arena[list].State |= NodeState.Follows;
        var item = new FhirNode(Arena, Arena.New(name, NodeKind.Object, list));
        Arena[item.index].State |= NodeState.Follows;
        return item;
    }

    /// <summary>A string at the end of a list of strings.</summary>
    public FhirNode Append(string name, FhirText value, int leaf = NoLeaf)
    {
        var node = Arena.New(name, NodeKind.Text, List(name));
        Arena[node].Offset = value.Offset;
        Arena[node].Length = value.Length;
        return Filled(node, leaf);
    }

    public FhirNode Append(string name, string value, int leaf = NoLeaf)
    {
        var node = Arena.New(name, NodeKind.Text, List(name));
        Arena[node].Constant = value;
        return Filled(node, leaf);
    }

    /// <summary>Refers to a resource, and no longer to the one before. Nothing happens where there is none, or it is empty.</summary>
    /// <returns>The Reference object, for a display or the like; none where nothing happened.</returns>
    public FhirNode Refer(string name, FhirNode target) => target.Populated ? Point(Object(name), target) : default;

    /// <summary>Adds a reference to a list of them.</summary>
    public FhirNode ReferItem(string name, FhirNode target) => target.Populated ? Point(Item(name), target) : default;

    /// <summary>Makes this object be written even where it holds constants only.</summary>
    public FhirNode Keep()
    {
        Arena.MarkPopulated(index);
        return this;
    }

    /// <summary>Takes it out of the tree: its values count as not mapped.</summary>
    public void Remove() => Arena[index].State |= NodeState.Removed;

    public bool Has(string name) => arena is not null && arena.Find(index, name) is >= 0 and var found
        && (arena[found].State & (NodeState.Populated | NodeState.Follows)) != 0;

    /// <summary>The object or list under that name, or none.</summary>
    public FhirNode Find(string name) => arena is not null && arena.Find(index, name) is >= 0 and var found ? new FhirNode(arena, found) : default;

    /// <summary>Text of a primitive property, or null. For reading back what was set, as the search index does.</summary>
    public string? TextOf(string name)
    {
        if (arena is null || arena.Find(index, name) is not (>= 0 and var found)) return null;
        ref var node = ref arena[found];
        return node.Constant ?? (node.Kind is NodeKind.Text or NodeKind.Raw ? Encoding.UTF8.GetString(arena.TextOf(node)) : null);
    }

    /// <summary>The JSON of an element set by <see cref="ConstantJson"/>, or null.</summary>
    public string? JsonOf(string name) =>
        arena is not null && arena.Find(index, name) is >= 0 and var found && arena[found].Kind == NodeKind.Raw ? arena[found].Constant : null;

    /// <summary>UTF-8 of a primitive property; empty where there is none.</summary>
    public ReadOnlySpan<byte> Utf8Of(string name)
    {
        if (arena is null || arena.Find(index, name) is not (>= 0 and var found)) return default;
        ref var node = ref arena[found];
        return node.Constant is { } constant ? Encoding.UTF8.GetBytes(constant) : node.Kind is NodeKind.Text or NodeKind.Raw ? arena.TextOf(node) : default;
    }

    public FhirItems Items(string name) => new(Find(name));

    /// <summary>Says that one more leaf of the message went into a primitive set before.</summary>
    public FhirNode AlsoFrom(string name, int leaf)
    {
        if (leaf >= 0 && Arena.Find(index, name) is >= 0 and var found) Arena.AddOrigin(leaf, found);
        return this;
    }

    /// <summary>Says that one more leaf of the message went into the last string of a list.</summary>
    public FhirNode LastAlsoFrom(string name, int leaf)
    {
        if (leaf >= 0 && Arena.Find(index, name) is >= 0 and var found && Arena[found].Last is >= 0 and var last) Arena.AddOrigin(leaf, last);
        return this;
    }

    public bool Equals(FhirNode other) => ReferenceEquals(arena, other.arena) && index == other.index;

    public override bool Equals(object? obj) => obj is FhirNode other && Equals(other);

    public override int GetHashCode() => index;

    public static bool operator ==(FhirNode left, FhirNode right) => left.Equals(right);

    public static bool operator !=(FhirNode left, FhirNode right) => !left.Equals(right);

    private FhirNode Put(string name, NodeKind kind, FhirText value, int leaf)
    {
        var index = Replace(name, kind);
        ref var node = ref Arena[index];
        node.Offset = value.Offset;
        node.Length = value.Length;
        return Filled(index, leaf);
    }

    private FhirNode Filled(int node, int leaf)
    {
        Arena.MarkPopulated(node);
        if (leaf >= 0) Arena.AddOrigin(leaf, node);
        return this;
    }

    private int Replace(string name, NodeKind kind)
    {
        // A new node, not the old one with another value: what was mapped to the old one no longer is.
        if (Arena.Find(index, name) is >= 0 and var found) Arena[found].State |= NodeState.Removed;
        return Arena.New(name, kind, index);
    }

    private int List(string name)
    {
        var found = Arena.Find(index, name);
        return found >= 0 ? found : Arena.New(name, NodeKind.Array, index);
    }

    private static FhirNode Point(FhirNode reference, FhirNode target)
    {
        var node = reference.Replace("reference", NodeKind.Reference);
        reference.Arena[node].Offset = target.index;
        reference.Arena.MarkPopulated(node);
        return reference;
    }
}

/// <summary>Goes over the objects of a list.</summary>
public ref struct FhirItems
{
    private readonly FhirNode list;
    private int next;
    private int current;

    internal FhirItems(FhirNode list)
    {
        this.list = list;
        next = list.Exists ? list.Arena[list.Index].First : -1;
        current = -1;
    }

    public readonly FhirNode Current => new(list.Arena, current);

    public readonly FhirItems GetEnumerator() => this;

    public bool MoveNext()
    {
        while (next >= 0)
        {
            current = next;
            next = list.Arena[current].Next;
            if ((list.Arena[current].State & NodeState.Removed) == 0) return true;
        }

        return false;
    }
}
