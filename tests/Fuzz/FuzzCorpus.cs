using System.Runtime.CompilerServices;

namespace EHealthPlus.Tests.Fuzz;

/// <summary>The messages that are spoiled: the official corpus, and the golden pairs, with CR after each segment.</summary>
internal static class FuzzCorpus
{
    public static IReadOnlyList<byte[]> Messages { get; } = [.. In("../Corpus/hl7v2"), .. In("../Golden/Expected")];

    private static IEnumerable<byte[]> In(string folder) => Directory.EnumerateFiles(Path.Combine(Here(), folder), "*.hl7").Order(StringComparer.Ordinal)
        .Select(file => File.ReadAllBytes(file).Where(letter => letter != (byte)'\r').Select(letter => letter == (byte)'\n' ? (byte)'\r' : letter).ToArray());

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
