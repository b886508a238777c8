namespace EHealthPlus.Transformers.Terminology.Local;

/// <summary>One file of a terminology folder: what of it is in force, and what is wrong with it as it stands now.</summary>
/// <param name="Rows">Of the last version that was good; empty where none was.</param>
/// <param name="LoadedAt">When that version was read; null where none was good.</param>
public sealed record LocalMapVersion(string Name, IReadOnlyList<LocalMapRow> Rows, DateTimeOffset? LoadedAt, IReadOnlyList<LocalMapError> Errors);

/// <summary>
/// The files of a terminology folder at one moment. A file that is wrong in any line is not taken: what was read from it before stays in
/// force. Of two files that overlap, the later one by name is wrong.
/// </summary>
public sealed class LocalMapSet
{
    private LocalMapSet(IReadOnlyList<LocalMapVersion> files)
    {
        Files = files;
        Maps = LocalMaps.Of([.. files.SelectMany(file => file.Rows)]);
    }

    public static LocalMapSet Empty { get; } = new([]);

    /// <summary>By name.</summary>
    public IReadOnlyList<LocalMapVersion> Files { get; }

    public LocalMaps Maps { get; }

    /// <summary>What is in force after the folder has changed. A file that is gone is no longer in force.</summary>
    public LocalMapSet Next(IEnumerable<(string Name, ReadOnlyMemory<byte> Content)> folder, DateTimeOffset now)
    {
        var taken = new List<LocalMapVersion>();
        foreach (var (name, content) in folder.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            var errors = new List<LocalMapError>();
            var rows = LocalMapFile.Read(name, content.Span, errors);
            if (errors.Count == 0) LocalMapFile.Overlaps([.. taken.SelectMany(file => file.Rows), .. rows], errors);
            if (errors.Count == 0)
            {
                taken.Add(new(name, rows, now, []));
                continue;
            }

            var former = Files.FirstOrDefault(file => string.Equals(file.Name, name, StringComparison.Ordinal));
            var met = new List<LocalMapError>();
            if (former is not null) LocalMapFile.Overlaps([.. taken.SelectMany(file => file.Rows), .. former.Rows], met);
            taken.Add(former is not null && met.Count == 0 ? former with { Errors = errors } : new(name, [], null, errors));
        }

        return new(taken);
    }

    /// <summary>The same with one file more, or with another version of it; nothing of what it was changes.</summary>
    public LocalMapSet With(string name, ReadOnlyMemory<byte> content, DateTimeOffset now)
    {
        var errors = new List<LocalMapError>();
        var rows = LocalMapFile.Read(name, content.Span, errors);
        var others = Files.Where(file => !string.Equals(file.Name, name, StringComparison.Ordinal)).ToList();
        if (errors.Count == 0) LocalMapFile.Overlaps([.. others.SelectMany(file => file.Rows), .. rows], errors);
        return new([.. others, new(name, errors.Count == 0 ? rows : [], now, errors)]);
    }
}
