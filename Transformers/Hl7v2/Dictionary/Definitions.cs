namespace EHealthPlus.Transformers.Hl7v2.Dictionary;

/// <summary>The lines of definitions.txt, which generate.mjs writes: what the standard calls things, and how its messages are built.</summary>
internal sealed class Definitions
{
    private static readonly Lazy<Definitions> Loaded = new(Load);

    /// <summary>A name, and the data type and name of each part.</summary>
    internal sealed record Entry(string Name, string[] Parts);

    private Definitions()
    {
    }

    public static Definitions Current => Loaded.Value;

    public Dictionary<string, Entry> DataTypes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Entry> Segments { get; } = new(StringComparer.Ordinal);

    /// <summary>Grammar text by structure, such as ADT_A01.</summary>
    public Dictionary<string, string> Structures { get; } = new(StringComparer.Ordinal);

    private static Definitions Load()
    {
        var definitions = new Definitions();
        using Stream stream = typeof(Definitions).Assembly.GetManifestResourceStream("definitions.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string rest = line[2..];
            int space = rest.IndexOf(' ', StringComparison.Ordinal);
            string key = rest[..space];
            string value = rest[(space + 1)..];
            if (line[0] == 'M')
            {
                definitions.Structures.Add(key, value);
                continue;
            }
            string[] columns = value.Split('\t');
            (line[0] == 'T' ? definitions.DataTypes : definitions.Segments).Add(key, new Entry(columns[0], columns[1..]));
        }
        return definitions;
    }
}
