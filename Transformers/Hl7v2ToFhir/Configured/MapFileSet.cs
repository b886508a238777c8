using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Configured;

/// <summary>The map files of a folder through all their versions: of a file that got a fault the last good version stays in force.</summary>
public sealed class MapFileSet
{
    private readonly Dictionary<string, ConfiguredMap> good = new(StringComparer.Ordinal);

    /// <summary>The maps in force.</summary>
    public ConfiguredMaps Maps => good.Count == 0 ? ConfiguredMaps.None : new ConfiguredMaps(good.OrderBy(map => map.Key, StringComparer.Ordinal).Select(map => map.Value));

    /// <summary>Takes all files anew; one that is gone is no longer in force.</summary>
    /// <param name="files">Name and content; null content for a file that could not be read.</param>
    public IReadOnlyList<MapFile> Take(IEnumerable<(string Name, byte[]? Content)> files, DateTimeOffset at)
    {
        var states = new List<MapFile>();
        foreach (var (name, content) in files)
        {
            var (map, faults) = content is null ? (null, [new MapFault(MapFaultCode.Unreadable, name, 1, "The file can't be opened")]) : ConfiguredMapReader.Read(name, content);
            if (map is not null) good[name] = map;
            var known = good.GetValueOrDefault(name);
            states.Add(new MapFile(name, known?.Source ?? "", known?.Segments.Sum(segment => segment.Fields.Count) ?? 0, at, [.. faults.Select(fault => fault.ToString())]));
        }

        foreach (var gone in good.Keys.Except(states.Select(state => state.Name), StringComparer.Ordinal).ToList()) good.Remove(gone);
        return states;
    }
}
