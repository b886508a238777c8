using System.Collections.Frozen;

namespace EHealthPlus.Transformers.Fhir.Definitions;

/// <summary>One element of a resource type (R4 4.0.1).</summary>
/// <param name="Path">Such as contact.name; value[x] where it has a choice of types.</param>
/// <param name="IsList">max is *.</param>
/// <param name="IsRequired">min is 1.</param>
public sealed record R4Element(string Path, bool IsList, bool IsRequired, IReadOnlyList<string> Types);

/// <summary>The elements of the resource types that maps by configuration can name, down to where data types begin.</summary>
public static partial class R4Elements
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, R4Element>> Known = Read();

    public static bool HasType(string resourceType) => Known.ContainsKey(resourceType);

    /// <summary>Elements of a resource type; none where the type is not known.</summary>
    public static IEnumerable<R4Element> Of(string resourceType) => Known.TryGetValue(resourceType, out var elements) ? elements.Values : [];

    /// <summary>Finds an element, of value[x] also under valueQuantity and the like, which then has that one type.</summary>
    public static R4Element? Find(string resourceType, string path)
    {
        if (!Known.TryGetValue(resourceType, out var elements)) return null;
        if (elements.TryGetValue(path, out var element)) return element.Path.EndsWith("[x]", StringComparison.Ordinal) ? null : element;
        foreach (var choice in elements.Values)
        {
            if (!choice.Path.EndsWith("[x]", StringComparison.Ordinal) || !path.StartsWith(choice.Path[..^3], StringComparison.Ordinal)) continue;
            foreach (var type in choice.Types)
            {
                if (path.AsSpan(choice.Path.Length - 3).SequenceEqual($"{char.ToUpperInvariant(type[0])}{type[1..]}")) return choice with { Path = path, Types = [type] };
            }
        }

        return null;
    }

    private static FrozenDictionary<string, FrozenDictionary<string, R4Element>> Read()
    {
        var types = new Dictionary<string, Dictionary<string, R4Element>>(StringComparer.Ordinal);
        var elements = new Dictionary<string, R4Element>(StringComparer.Ordinal);
        foreach (var line in Rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line[0] == '@')
            {
                types[line[1..]] = elements = new(StringComparer.Ordinal);
                continue;
            }

            var parts = line.Split(' ');
            var path = parts[0].TrimEnd('!', '*');
            elements[path] = new R4Element(path, parts[0].Contains('*', StringComparison.Ordinal), parts[0].EndsWith('!'), parts[1..]);
        }

        return types.ToFrozenDictionary(type => type.Key, type => type.Value.ToFrozenDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
    }
}
