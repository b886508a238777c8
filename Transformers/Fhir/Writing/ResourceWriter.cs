using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.Fhir.Writing;

/// <summary>
/// Writes resource trees as FHIR R4 JSON (2.6.2): no empty object, list or string is ever put out. Marks each node it writes, so the
/// ledger afterwards knows what is truly in the output.
/// </summary>
public static class ResourceWriter
{
    /// <returns>False where nothing was to be written.</returns>
    public static bool Write(FhirNode resource, JsonOutput output)
    {
        var arena = resource.Arena;
        if ((arena[resource.Index].State & (NodeState.Populated | NodeState.Removed)) != NodeState.Populated) return false;
        output.Raw("{\"resourceType\":"u8);
        output.Quoted(arena[resource.Index].Name);
        // The id is often set last, when it is known what it is made of, but people look for it first.
        if (arena.Find(resource.Index, "id") is >= 0 and var id)
        {
            output.Raw(",\"id\":"u8);
            output.Text(arena.TextOf(arena[id]));
            arena[id].State = (arena[id].State | NodeState.Written) & ~(NodeState.Populated | NodeState.Follows);
        }

        Children(arena, resource.Index, output, comma: true);
        output.Raw((byte)'}');
        arena[resource.Index].State |= NodeState.Written;
        return true;
    }

    /// <returns>True where a property was written.</returns>
    internal static bool Children(FhirArena arena, int parent, JsonOutput output, bool comma)
    {
        var any = comma;
        var start = output.Length;
        var list = arena[parent].Kind == NodeKind.Array;
        for (var child = arena[parent].First; child >= 0;)
        {
            ref var node = ref arena[child];
            var next = node.Next;
            if ((node.State & NodeState.Removed) == 0 && (node.State & (NodeState.Populated | NodeState.Follows)) != 0 && Child(arena, ref node, child, output, list, any))
            {
                node.State |= NodeState.Written;
                any = true;
            }

            child = next;
        }

        return output.Length > start;
    }

    private static bool Child(FhirArena arena, ref Node node, int index, JsonOutput output, bool list, bool comma)
    {
        // Most nodes are strings with a name: these are written in one step.
        if (!list && node.Kind == NodeKind.Text)
        {
            if (node.Constant is { } constant) output.PlainProperty(node.Name, comma, constant);
            else if (node.Length == 0) return false;
            else if (arena.TextIsPlain) output.PlainProperty(node.Name, comma, arena.TextOf(node));
            else output.TextProperty(node.Name, comma, arena.TextOf(node));
            return true;
        }

        var start = output.Length;
        if (!list) output.Property(node.Name, comma);
        else if (comma) output.Raw((byte)',');
        if (Value(arena, index, output)) return true;
        output.RollBack(start);
        return false;
    }

    private static bool Value(FhirArena arena, int index, JsonOutput output)
    {
        ref var node = ref arena[index];
        switch (node.Kind)
        {
            case NodeKind.Text when node.Constant is { } constant:
                output.Quoted(constant);
                return true;
            case NodeKind.Text:
                output.Text(arena.TextOf(node));
                return node.Length > 0;
            case NodeKind.Raw when node.Constant is { } constant:
                output.Plain(constant);
                return true;
            case NodeKind.Raw:
                output.Raw(arena.TextOf(node));
                return node.Length > 0;
            case NodeKind.Reference:
                return Reference(arena, node.Offset, output);
            case NodeKind.Array:
                output.Raw((byte)'[');
                var items = Children(arena, index, output, comma: false);
                output.Raw((byte)']');
                return items;
            default:
                output.Raw((byte)'{');
                var properties = Children(arena, index, output, comma: false);
                output.Raw((byte)'}');
                return properties;
        }
    }

    private static bool Reference(FhirArena arena, int target, JsonOutput output)
    {
        target = DuplicateResource.SurvivorOf(arena, target);
        if ((arena[target].State & NodeState.Removed) != 0 || arena.Find(target, "id") is not (>= 0 and var id)) return false;
        output.Raw((byte)'"');
        output.Plain(arena[target].Name);
        output.Raw((byte)'/');
        output.Raw(arena.TextOf(arena[id]));
        output.Raw((byte)'"');
        return true;
    }
}
