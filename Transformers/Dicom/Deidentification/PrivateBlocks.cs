using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Text;

namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>
/// Which private blocks an instance has, and which of their elements are safe (PS3.15-2025a E.3.10). A creator is written before the elements
/// of its block, and stays only with one that is kept: the first reading finds out, the second one writes.
/// </summary>
/// <param name="enabled">Retain Safe Private was asked for.</param>
internal sealed class PrivateBlocks(bool enabled)
{
    // A level is the data set or an item; they are counted through, so that both readings name them alike.
    private readonly Stack<(int Number, Dictionary<uint, string> Creators)> levels = new([(0, [])]);
    private readonly HashSet<(int Level, uint Block)> kept = [];
    private readonly HashSet<(uint Group, string Creator)> declared = [];
    private readonly HashSet<(string Creator, uint Tag)> declaredElements = [];
    private int items;

    /// <summary>Begins the second reading.</summary>
    public void Rewind()
    {
        items = 0;
        levels.Clear();
        levels.Push((0, []));
    }

    public void BeginItem() => levels.Push((++items, []));

    public void EndItem() => levels.Pop();

    public void Creator(uint tag, ReadOnlySpan<byte> value) =>
        levels.Peek().Creators[Block(tag)] = SpecificCharacterSet.Default.Decode(value, Vr.LO, out _).Trim(' ', '\0');

    /// <summary>The data set says of itself that a block, or elements of it, identify nobody: (0008,0303) SAFE, or (0008,0304).</summary>
    public void Declare(ushort group, string creator, bool wholeBlock, IEnumerable<ushort> elements)
    {
        if (wholeBlock) declared.Add((group, creator));
        else declaredElements.UnionWith(elements.Select(element => (creator, ((uint)group << 16) | (element & 0xFFu))));
    }

    /// <summary>A private element, or a sequence of them.</summary>
    public bool IsSafe(uint tag, Vr vr)
    {
        if (!enabled) return false;
        uint block = Block(((tag >> 8) & 0xFF) | (tag & 0xFFFF0000));
        var (number, creators) = levels.Peek();
        if (!creators.TryGetValue(block, out string? creator)) return false;
        // An implicit data set does not say the VR; what the table knows is safe without it.
        bool safe = SafePrivate.Holds(creator, tag) ? vr == Vr.UN || SafePrivate.MayBeSafe(vr)
            : SafePrivate.MayBeSafe(vr) && (declared.Contains((tag >> 16, creator)) || declaredElements.Contains((creator, tag & 0xFFFF00FF)));
        if (safe) kept.Add((number, block));
        return safe;
    }

    /// <summary>Whether a creator has an element that stays. Known after the first reading.</summary>
    public bool IsKept(uint creatorTag) => enabled && kept.Contains((levels.Peek().Number, Block(creatorTag)));

    private static uint Block(uint creatorTag) => creatorTag & 0xFFFF00FF;
}
