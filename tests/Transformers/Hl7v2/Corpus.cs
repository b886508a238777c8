namespace EHealthPlus.Tests.Transformers.Hl7v2;

/// <summary>The public example messages in tests/Corpus/hl7v2.</summary>
public static class Corpus
{
    private static readonly string Folder = Path.Combine(Root(), "tests", "Corpus", "hl7v2");

    public static TheoryData<string> Names() => [.. Files().Select(file => Path.GetFileName(file)!)];

    public static IEnumerable<string> Files() => Directory.GetFiles(Folder, "*.hl7").Order(StringComparer.Ordinal);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "eHealthPlus.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("eHealthPlus.sln stands in no folder above the tests");
    }
}
