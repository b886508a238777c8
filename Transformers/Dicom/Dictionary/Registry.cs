namespace EHealthPlus.Transformers.Dicom.Dictionary;

/// <summary>The tables that generate.py writes, line by line.</summary>
internal static class Registry
{
    public static IEnumerable<string> Lines(string name)
    {
        using Stream stream = typeof(Registry).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) yield return line;
    }
}
