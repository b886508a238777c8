using System.Text;

namespace EHealthPlus.Transformers.Fhir.Building;

/// <summary>
/// A message often says the same thing twice: the ordering doctor stands in ORC-12 and in OBR-16. Both come out under one id, and a
/// bundle may hold it once (R4 bdl-7). The second is folded into the first: what is equal is mapped to the first one's element, what
/// is new is added, and what contradicts is left behind, so that the ledger shows it as carried.
/// </summary>
public static class DuplicateResource
{
    public static void Fold(FhirNode survivor, FhirNode duplicate)
    {
        var arena = survivor.Arena;
        Merge(arena, survivor.Index, duplicate.Index);
        ref var gone = ref arena[duplicate.Index];
        gone.State |= NodeState.Removed;
        gone.Offset = survivor.Index;
        gone.Length = 1;
    }

    /// <summary>The resource that now stands for one that was folded.</summary>
    internal static int SurvivorOf(FhirArena arena, int resource)
    {
        while (arena[resource].Parent < 0 && (arena[resource].State & NodeState.Removed) != 0 && arena[resource].Length == 1) resource = arena[resource].Offset;
        return resource;
    }

    private static void Merge(FhirArena arena, int into, int from)
    {
        for (var child = arena[from].First; child >= 0; child = arena[child].Next)
        {
            if ((arena[child].State & NodeState.Removed) != 0) continue;
            var kind = arena[child].Kind;
            var present = arena.Find(into, arena[child].Name);
            if (present < 0)
            {
                Copy(arena, into, child);
            }
            else if (kind == NodeKind.Array && arena[present].Kind == NodeKind.Array)
            {
                MergeLists(arena, present, child);
            }
            else if (kind == NodeKind.Object && arena[present].Kind == NodeKind.Object)
            {
                Merge(arena, present, child);
            }
            else if (SameValue(arena, present, child))
            {
                MoveOrigins(arena, child, present);
            }
        }
    }

    private static void MergeLists(FhirArena arena, int into, int from)
    {
        for (var item = arena[from].First; item >= 0; item = arena[item].Next)
        {
            if ((arena[item].State & NodeState.Removed) != 0) continue;
            var match = arena[into].First;
            while (match >= 0 && !Agrees(arena, match, item)) match = arena[match].Next;
            if (match < 0) Copy(arena, into, item);
            else if (arena[item].Kind == NodeKind.Object) Merge(arena, match, item);
            else MoveOrigins(arena, item, match);
        }
    }

    // Two list items are the same thing where each property they share is equal.
    private static bool Agrees(FhirArena arena, int one, int other)
    {
        if (arena[one].Kind != arena[other].Kind) return false;
        if (arena[one].Kind is not (NodeKind.Object or NodeKind.Array)) return SameValue(arena, one, other);
        if (arena[one].Kind == NodeKind.Array) return ListsAgree(arena, one, other);
        for (var child = arena[other].First; child >= 0; child = arena[child].Next)
        {
            if ((arena[child].State & NodeState.Removed) != 0) continue;
            if (arena.Find(one, arena[child].Name) is >= 0 and var present && !Agrees(arena, present, child)) return false;
        }

        return true;
    }

    // Item by item, as far as both go: two given names, or the codings of one concept.
    private static bool ListsAgree(FhirArena arena, int one, int other)
    {
        var (left, right) = (arena[one].First, arena[other].First);
        while (true)
        {
            while (left >= 0 && (arena[left].State & NodeState.Removed) != 0) left = arena[left].Next;
            while (right >= 0 && (arena[right].State & NodeState.Removed) != 0) right = arena[right].Next;
            if (left < 0 || right < 0) return true;
            if (!Agrees(arena, left, right)) return false;
            (left, right) = (arena[left].Next, arena[right].Next);
        }
    }

    private static bool SameValue(FhirArena arena, int one, int other)
    {
        ref var left = ref arena[one];
        ref var right = ref arena[other];
        if (left.Kind != right.Kind) return false;
        if (left.Kind == NodeKind.Reference) return SurvivorOf(arena, left.Offset) == SurvivorOf(arena, right.Offset);
        return (left.Constant, right.Constant) switch
        {
            (null, null) => arena.TextOf(left).SequenceEqual(arena.TextOf(right)),
            ({ } constant, null) => Ascii.Equals(arena.TextOf(right), constant),
            (null, { } constant) => Ascii.Equals(arena.TextOf(left), constant),
            _ => left.Constant == right.Constant,
        };
    }

    private static void Copy(FhirArena arena, int parent, int from)
    {
        var node = arena.New(arena[from].Name, arena[from].Kind, parent);
        arena[node].Constant = arena[from].Constant;
        arena[node].Offset = arena[from].Offset;
        arena[node].Length = arena[from].Length;
        arena[node].State = arena[from].State & NodeState.Follows;
        if ((arena[from].State & NodeState.Populated) != 0) arena.MarkPopulated(node);
        MoveOrigins(arena, from, node);
        for (var child = arena[from].First; child >= 0; child = arena[child].Next)
        {
            if ((arena[child].State & NodeState.Removed) == 0) Copy(arena, node, child);
        }
    }

    private static void MoveOrigins(FhirArena arena, int from, int to)
    {
        for (var at = arena[from].LastOrigin; at >= 0; at = arena.Origins[at].Previous) arena.AddOrigin(arena.Origins[at].Leaf, to);
    }
}
