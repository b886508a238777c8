using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.Groups;

/// <summary>
/// Walks the abstract syntax along the segments. A segment goes to the nearest place that the syntax has for it from where the walk stands;
/// one that has no place (Z segments, segments out of order) stays with the group in force and moves nothing.
/// </summary>
internal sealed class Grouping
{
    private readonly Er7Message message;
    private readonly SegmentGroup root;
    private readonly List<Frame> open = [];
    private readonly List<int> path = [];
    private Dictionary<uint, int>? lastPlaces;
    private int current;

    /// <summary>A group that is open: where in its syntax the walk stands.</summary>
    private readonly record struct Frame(SegmentGroup Group, StructureItem[] Items, int At, bool Repeats);

    public Grouping(Er7Message message, MessageStructure structure)
    {
        this.message = message;
        root = new SegmentGroup(structure.Name);
        open.Add(new Frame(root, structure.Items, -1, Repeats: false));
    }

    public SegmentGroup Run()
    {
        for (current = 0; current < message.SegmentCount; current++)
        {
            uint name = message.Entry(current).Name;
            if (!TryPlace(name, skipMissing: false) && !TryPlace(name, skipMissing: true)) open[^1].Group.Add(message.SegmentAt(current));
        }
        return root;
    }

    /// <param name="skipMissing">Goes forward past required segments that the rest of the message does not have.</param>
    private bool TryPlace(uint name, bool skipMissing)
    {
        for (int depth = open.Count - 1; depth >= 0; depth--)
        {
            Frame frame = open[depth];
            bool stay = frame.At >= 0 && !frame.Items[frame.At].IsGroup && frame.Items[frame.At].Repeats;
            path.Clear();
            if (TryFind(frame.Items, stay ? frame.At : frame.At + 1, name, skipMissing) && !(path.Count > 1 && Began(depth, name)))
            {
                open.RemoveRange(depth + 1, open.Count - depth - 1);
                Descend();
                return true;
            }
            path.Clear();
            if (depth == 0 || !frame.Repeats || !TryFind(frame.Items, 0, name, skipMissing: false)) continue;

            open.RemoveRange(depth, open.Count - depth);
            Open(frame.Group.Name, frame.Items, frame.Repeats);
            Descend();
            return true;
        }
        return false;
    }

    /// <summary>
    /// True where the segment is the one that an open group began with: then it begins the next of that group, not a group of other name further on.
    /// A second ORC in OML_O21 is the next order, though the syntax would let it be a prior result.
    /// </summary>
    private bool Began(int depth, uint name)
    {
        for (; depth > 0; depth--)
        {
            Frame frame = open[depth];
            if (frame.Repeats && frame.Group.Segments is [var first, ..] && message.Entry(first.Index).Name == name) return true;
        }
        return false;
    }

    /// <summary>Looks forward in the items, and into groups; leaves the way to the place in <see cref="path"/>.</summary>
    private bool TryFind(StructureItem[] items, int from, uint name, bool skipMissing)
    {
        for (int i = from; i < items.Length; i++)
        {
            StructureItem item = items[i];
            path.Add(i);
            if (item.IsGroup ? TryFind(item.Children, 0, name, skipMissing) : item.Packed == name) return true;
            path.RemoveAt(path.Count - 1);
            bool passable = !item.Required || item.Anchor == 0 || (skipMissing && !ComesLater(item.Anchor));
            if (!passable) return false;
        }
        return false;
    }

    private void Descend()
    {
        for (int i = 0; i < path.Count; i++)
        {
            open[^1] = open[^1] with { At = path[i] };
            StructureItem item = open[^1].Items[path[i]];
            if (item.IsGroup) Open(item.Name, item.Children, item.Repeats);
        }
        open[^1].Group.Add(message.SegmentAt(current));
    }

    private void Open(string name, StructureItem[] items, bool repeats)
    {
        var group = new SegmentGroup(name);
        open[^1].Group.Add(group);
        open.Add(new Frame(group, items, -1, repeats));
    }

    private bool ComesLater(uint name)
    {
        if (lastPlaces is null)
        {
            lastPlaces = [];
            for (int i = 0; i < message.SegmentCount; i++) lastPlaces[message.Entry(i).Name] = i;
        }
        return lastPlaces.TryGetValue(name, out int last) && last > current;
    }
}
