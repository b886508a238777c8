using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.Groups;

/// <summary>One occurrence of a group, such as ORDER_OBSERVATION, with its own segments and the groups inside it. The outermost is the message.</summary>
public sealed class SegmentGroup
{
    private readonly List<Segment> segments = [];
    private readonly List<SegmentGroup> groups = [];

    internal SegmentGroup(string name) => Name = name;

    /// <summary>The standard's name of the group; of the structure for the outermost.</summary>
    public string Name { get; }

    /// <summary>Segments of the group itself, in message order, with those of unknown kind that came while it was in force.</summary>
    public IReadOnlyList<Segment> Segments => segments;

    /// <summary>Groups directly inside, in message order.</summary>
    public IReadOnlyList<SegmentGroup> Groups => groups;

    /// <summary>Sorts the segments of a message into the groups of its kind.</summary>
    public static SegmentGroup Of(Er7Message message) => Of(message, MessageStructure.Of(message));

    public static SegmentGroup Of(Er7Message message, MessageStructure structure) => new Grouping(message, structure).Run();

    /// <summary>The first segment of that name in the group itself; absent where there is none.</summary>
    public Segment First(string name)
    {
        foreach (Segment segment in segments)
        {
            if (segment.Is(name)) return segment;
        }
        return default;
    }

    public IEnumerable<Segment> All(string name) => segments.Where(segment => segment.Is(name));

    public IEnumerable<SegmentGroup> GroupsNamed(string name) =>
        groups.Where(group => string.Equals(group.Name, name, StringComparison.Ordinal));

    internal void Add(Segment segment) => segments.Add(segment);

    internal void Add(SegmentGroup group) => groups.Add(group);

    public override string ToString() => Name;
}
