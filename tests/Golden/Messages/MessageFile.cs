using System.Runtime.CompilerServices;
using System.Text;

namespace EHealthPlus.Tests.Golden.Messages;

/// <summary>One HL7 v2 message in the repository.</summary>
/// <param name="Name">File name without ending.</param>
public sealed record MessageFile(string Name, string Path)
{
    /// <summary>The messages of the official v2-to-FHIR guide.</summary>
    public static IReadOnlyList<MessageFile> Corpus => In("../../Corpus/hl7v2");

    /// <summary>Our own, plainly synthetic: tests/Golden/Expected.</summary>
    public static IReadOnlyList<MessageFile> Synthetic => In("../Expected");

    public static IReadOnlyList<MessageFile> All => [.. Corpus, .. Synthetic];

    /// <summary>Study manifests of our own, plainly synthetic, each on one line.</summary>
    public static IReadOnlyList<MessageFile> Manifests => In("../Expected", "*.manifest.json");

    /// <summary>Bytes with CR after each segment, as MLLP carries them; the files have one line a segment.</summary>
    public byte[] Read()
    {
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(Path)).Replace("\r\n", "\r", StringComparison.Ordinal).Replace('\n', '\r');
        return Encoding.Latin1.GetBytes(text);
    }

    /// <summary>The folder of this source file, where the folders above start from.</summary>
    private static string Here([CallerFilePath] string path = "") => System.IO.Path.GetDirectoryName(path)!;

    private static IReadOnlyList<MessageFile> In(string folder, string pattern = "*.hl7") =>
        [.. Directory.EnumerateFiles(System.IO.Path.GetFullPath(System.IO.Path.Combine(Here(), folder)), pattern)
            .Order(StringComparer.Ordinal)
            .Select(path => new MessageFile(System.IO.Path.GetFileNameWithoutExtension(path), path))];
}
