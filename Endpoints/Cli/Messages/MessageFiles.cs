namespace EHealthPlus.Endpoints.Cli.Messages;

/// <summary>One message of a file.</summary>
/// <param name="Name">
/// Name of the file without its extension, after the subfolders that it lies in; with a number where the file holds several messages.
/// </param>
/// <param name="File">The file it came from.</param>
public sealed record NamedMessage(string Name, string File, ReadOnlyMemory<byte> Bytes);

/// <summary>Finds messages in files and folders. A file may hold several: each begins with MSH at the start of a line.</summary>
public static class MessageFiles
{
    /// <summary>What to say where <see cref="Read"/> finds nothing.</summary>
    public const string Nothing = "No message file there: .hl7, .er7, .v2, .txt and .xml files are read";

    private static readonly string[] Extensions = [".hl7", ".er7", ".txt", ".v2", ".xml"];

    /// <summary>A file, or every message file of a folder and its subfolders, in name order.</summary>
    /// <exception cref="FileNotFoundException">There is neither at that path.</exception>
    public static IEnumerable<NamedMessage> Read(string path)
    {
        if (File.Exists(path)) return ReadFile(path, Path.GetFileNameWithoutExtension(path));
        if (!Directory.Exists(path)) throw new FileNotFoundException($"There is no file or folder {path}");
        return Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .SelectMany(file => ReadFile(file, OutputFiles.NameOf(file, path)));
    }

    private static IEnumerable<NamedMessage> ReadFile(string file, string name)
    {
        ReadOnlyMemory<byte> bytes = File.ReadAllBytes(file);
        var starts = Starts(bytes.Span);
        // Without an MSH it is still one message: the reader says what is wrong with it.
        if (starts.Count <= 1) return [new(name, file, bytes)];
        return starts.Select((start, number) => new NamedMessage(
            $"{name}-{number + 1}", file, bytes[start..(number + 1 < starts.Count ? starts[number + 1] : bytes.Length)]));
    }

    private static List<int> Starts(ReadOnlySpan<byte> bytes)
    {
        var starts = new List<int>();
        for (var at = 0; at < bytes.Length;)
        {
            var next = bytes[at..].IndexOf("MSH"u8);
            if (next < 0) break;
            at += next;
            if (at == 0 || bytes[at - 1] is (byte)'\r' or (byte)'\n' or 0x0B or 0xBF) starts.Add(at);
            at += 3;
        }

        return starts;
    }
}
