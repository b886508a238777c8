using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Messages;

/// <summary>The standard's names of positions, taken from the inspected message.</summary>
internal sealed class FieldNames
{
    private readonly Dictionary<string, string> byKey = new(StringComparer.Ordinal);
    private readonly HashSet<FieldLocation> leaves = [];

    public FieldNames(IReadOnlyList<MessageNode> nodes) => Add(nodes);

    /// <summary>The place without the parts that the message does not divide: PID-7, where the ledger counts PID-7.1.1.</summary>
    public FieldLocation Shortest(FieldLocation at)
    {
        var said = at with { SegmentSequence = Math.Max(1, at.SegmentSequence), Repetition = Math.Max(1, at.Repetition) };
        if (leaves.Contains(said with { Component = 0, Subcomponent = 0 })) return at with { Component = 0, Subcomponent = 0 };
        return leaves.Contains(said with { Subcomponent = 0 }) ? at with { Subcomponent = 0 } : at;
    }

    /// <summary>The position as people write it, such as PID-5.1.</summary>
    public static string Label(FieldLocation at)
    {
        var label = at.Field == 0 ? at.Segment : FormattableString.Invariant($"{at.Segment}-{at.Field}");
        if (at.Component > 0) label += FormattableString.Invariant($".{at.Component}");
        return at.Subcomponent > 0 ? label + FormattableString.Invariant($".{at.Subcomponent}") : label;
    }

    /// <summary>One spelling of a place whether or not the parts that are 1 were said: PID.1.5.1.1.1.</summary>
    public static string KeyOf(FieldLocation at) => FormattableString.Invariant(
        $"{at.Segment}.{Math.Max(1, at.SegmentSequence)}.{at.Field}.{Math.Max(1, at.Repetition)}.{Math.Max(1, at.Component)}.{Math.Max(1, at.Subcomponent)}");

    /// <summary>Names from the field down to the leaf, as far as the standard names them: Patient Name › Family Name › Surname.</summary>
    public string Of(FieldLocation at)
    {
        var repetition = Math.Max(1, at.Repetition);
        string?[] names =
        [
            Find(at with { Repetition = 0, Component = 0, Subcomponent = 0 }),
            at.Component > 0 ? Find(at with { Repetition = repetition, Subcomponent = 0 }) : null,
            at.Subcomponent > 0 ? Find(at with { Repetition = repetition }) : null,
        ];
        return string.Join(" › ", names.Where(name => name is { Length: > 0 }).Distinct(StringComparer.Ordinal));
    }

    private string? Find(FieldLocation at) =>
        byKey.GetValueOrDefault(Exact(at)) ?? byKey.GetValueOrDefault(Exact(at with { Repetition = at.Repetition == 0 ? 1 : 0 }));

    private static string Exact(FieldLocation at) => FormattableString.Invariant($"{at.Segment}.{at.Field}.{Math.Min(1, at.Repetition)}.{at.Component}.{at.Subcomponent}");

    private void Add(IReadOnlyList<MessageNode> nodes)
    {
        foreach (var node in nodes)
        {
            // Repetitions and later segments of one kind have the same names: the first one says it.
            if (node.Name.Length > 0) byKey.TryAdd(Exact(node.Location), node.Name);
            if (node.Children.Count == 0) leaves.Add(node.Location with { SegmentSequence = Math.Max(1, node.Location.SegmentSequence), Repetition = Math.Max(1, node.Location.Repetition) });
            Add(node.Children);
        }
    }
}
