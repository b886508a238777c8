namespace EHealthPlus.Transformers.Fhir.Building;

internal enum NodeKind : byte
{
    /// <summary>A JSON object; a root is a resource.</summary>
    Object,
    Array,

    /// <summary>A JSON string: a constant, or a slice of the arena's text.</summary>
    Text,

    /// <summary>A JSON number or boolean, written as it stands.</summary>
    Raw,

    /// <summary>A JSON string Type/id that names another resource of the arena; Offset is its node.</summary>
    Reference,
}

[Flags]
internal enum NodeState : byte
{
    None = 0,

    /// <summary>It, or something in it, holds a value of the message: it will be written.</summary>
    Populated = 1,

    /// <summary>Holds only constants, and is written where its parent is.</summary>
    Follows = 2,

    /// <summary>Taken out again.</summary>
    Removed = 4,

    /// <summary>The writer has put it out.</summary>
    Written = 8,
}

/// <summary>One node of a resource tree. Links are indexes into the arena's array; -1 is none.</summary>
internal struct Node
{
    public string Name;
    public string? Constant;
    public int Parent;
    public int First;
    public int Last;
    public int Next;

    /// <summary>The last of its origins; the others hang on it.</summary>
    public int LastOrigin;

    /// <summary>Of a text where it begins; of a reference its target; of a resource its survivor, once it is folded.</summary>
    public int Offset;

    /// <summary>Of a text its length; of a resource 1 once it is folded.</summary>
    public int Length;

    /// <summary>One bit for each name among the children, by a rough hash: says quickly that a name is not there.</summary>
    public ulong Names;
    public NodeKind Kind;
    public NodeState State;
}

/// <summary>Says that a value of the message went to a node.</summary>
/// <param name="Previous">The origin of the same node before it; -1 is none.</param>
internal readonly record struct Origin(int Leaf, int Node, int Previous);
