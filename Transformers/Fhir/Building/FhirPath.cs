using System.Globalization;
using System.Text;

namespace EHealthPlus.Transformers.Fhir.Building;

/// <summary>
/// Names where values of a message went, from the tree they are in. Meant for people and tests: made when asked for.
/// </summary>
public static class FhirPath
{
    /// <summary>Calls back once for each leaf and each place in the written output it went to.</summary>
    public static void ForEachMapped(FhirArena arena, Action<int, string> mapped)
    {
        var names = RootNames(arena);
        var positions = new Dictionary<int, int>();
        foreach (var origin in arena.Origins)
        {
            if (IsWritten(arena, origin.Node)) mapped(origin.Leaf, Of(arena, origin.Node, names, positions));
        }
    }

    /// <summary>Sets a bit for each leaf that is somewhere in the written output.</summary>
    public static void MarkMapped(FhirArena arena, Span<bool> leaves)
    {
        foreach (var origin in arena.Origins)
        {
            if (IsWritten(arena, origin.Node)) leaves[origin.Leaf] = true;
        }
    }

    // An element counts only where everything above it was written too: a removed resource keeps no marks of its own.
    private static bool IsWritten(FhirArena arena, int node) => (arena[node].State & NodeState.Written) != 0;

    /// <summary>Such as Patient.name[0].family; Observation[2].code where the bundle has several of the type.</summary>
    private static string Of(FhirArena arena, int node, Dictionary<int, string> names, Dictionary<int, int> positions)
    {
        var path = new StringBuilder();
        for (var at = node; ;)
        {
            var parent = arena[at].Parent;
            if (parent < 0) return path.Insert(0, names[at]).ToString();
            if (arena[parent].Kind == NodeKind.Array)
            {
                path.Insert(0, string.Create(CultureInfo.InvariantCulture, $"[{PositionOf(arena, parent, at, positions)}]"));
                at = parent;
                continue;
            }

            // The extensions of a primitive stand in JSON under its name with an underscore.
            path.Insert(0, arena[at].Name.TrimStart('_')).Insert(0, '.');
            at = parent;
        }
    }

    // Each list is counted once, when the first of its items is asked for: it may have thousands.
    private static int PositionOf(FhirArena arena, int list, int item, Dictionary<int, int> positions)
    {
        if (positions.TryGetValue(item, out var known)) return known;
        var position = 0;
        for (var child = arena[list].First; child >= 0; child = arena[child].Next)
        {
            positions[child] = position;
            if (IsWritten(arena, child)) position++;
        }

        return positions[item];
    }

    private static Dictionary<int, string> RootNames(FhirArena arena)
    {
        var roots = Enumerable.Range(0, arena.ResourceCount).Select(arena.ResourceAt).Where(root => IsWritten(arena, root.Index)).ToList();
        var names = new Dictionary<int, string>();
        foreach (var type in roots.GroupBy(root => root.Name, StringComparer.Ordinal))
        {
            var all = type.ToList();
            for (var position = 0; position < all.Count; position++)
                names[all[position].Index] = all.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{type.Key}[{position}]") : type.Key;
        }

        return names;
    }
}
