using System.Collections.Frozen;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Configured;

/// <summary>All maps in force, by source. Never changed: a reload puts another in its place.</summary>
public sealed class ConfiguredMaps
{
    private readonly FrozenDictionary<string, ConfiguredSegment[]> bySource;
    private readonly ConfiguredSegment[] forAll;

    public ConfiguredMaps(IEnumerable<ConfiguredMap> maps)
    {
        var all = maps.ToLookup(map => map.Source, StringComparer.Ordinal);
        forAll = [.. all["*"].SelectMany(map => map.Segments)];
        bySource = all.Where(source => source.Key != "*").ToFrozenDictionary(source => source.Key, source => source.SelectMany(map => map.Segments).Concat(forAll).ToArray(), StringComparer.Ordinal);
    }

    public static ConfiguredMaps None { get; } = new([]);

    internal ConfiguredSegment[] For(string sourceId) => bySource.GetValueOrDefault(sourceId, forAll);
}
