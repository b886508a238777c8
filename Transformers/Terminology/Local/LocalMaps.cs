using System.Collections.Frozen;

namespace EHealthPlus.Transformers.Terminology.Local;

/// <summary>The local maps in force, of all sources: never changed, so a translation that began with them ends with them.</summary>
public sealed class LocalMaps
{
    private readonly FrozenDictionary<string, SourceMaps> bySource;

    private LocalMaps(IEnumerable<LocalMapRow> rows)
    {
        Rows = [.. rows];
        bySource = Rows.GroupBy(row => row.Source, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => new SourceMaps(group), StringComparer.Ordinal);
    }

    public static LocalMaps None { get; } = new([]);

    public IReadOnlyList<LocalMapRow> Rows { get; }

    /// <summary>Puts files together. Where something is wrong nothing is made of them.</summary>
    /// <param name="files">Name and content.</param>
    public static (LocalMaps? Maps, IReadOnlyList<LocalMapError> Errors) Read(IEnumerable<(string Name, ReadOnlyMemory<byte> Content)> files)
    {
        var errors = new List<LocalMapError>();
        var rows = new List<LocalMapRow>();
        foreach (var (name, content) in files) rows.AddRange(LocalMapFile.Read(name, content.Span, errors));
        if (errors.Count == 0) LocalMapFile.Overlaps(rows, errors);
        return (errors.Count == 0 ? Of(rows) : null, errors);
    }

    /// <summary>Rows that were read from files and do not overlap.</summary>
    public static LocalMaps Of(IReadOnlyCollection<LocalMapRow> rows) => rows.Count == 0 ? None : new(rows);

    /// <summary>Those of one source; null where it has none, and nothing is to be looked up.</summary>
    public SourceMaps? OfSource(string source) => bySource.GetValueOrDefault(source);
}
