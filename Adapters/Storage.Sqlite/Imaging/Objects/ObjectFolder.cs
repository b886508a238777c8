using System.Globalization;
using System.Runtime.InteropServices;
using EHealthPlus.Routing.Contracts.Files;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;

/// <summary>
/// The folder of the objects that are files: objects/aa/NAME, aa being the first two digits of the name. What is on its way stands in
/// objects/staging. Before an object gets its name, it gets the name NAME.pending there too; that goes when the index row is committed. So a start
/// looks at what staging names, and at nothing else: objects of a database that was put back from a backup, or taken away by mistake, are never removed.
/// </summary>
internal sealed partial class ObjectFolder(string dataDirectory)
{
    private const string Pending = ".pending";
    private const int AlreadyThere = 17;

    private readonly string root = Path.Combine(dataDirectory, "objects");
    private readonly string staging = Path.Combine(dataDirectory, "objects", "staging");

    /// <summary>Makes the folders, and their names last. They are made at once: a new folder in the way of an object would cost two more flushes.</summary>
    public void Make()
    {
        if (Directory.Exists(staging)) return;
        Directory.CreateDirectory(root);
        for (var first = 0; first < 256; first++) Directory.CreateDirectory(Path.Combine(root, first.ToString("x2", CultureInfo.InvariantCulture)));
        LastingName.Flush(root);
        // Last: it says that the others are there.
        Directory.CreateDirectory(staging);
        LastingName.Flush(root);
        LastingName.Flush(Path.GetFullPath(dataDirectory));
    }

    /// <summary>Name of a new file for bytes that come in.</summary>
    public string Incoming() => Path.Combine(staging, Guid.NewGuid().ToString("N"));

    public string FolderOf(ReadOnlySpan<byte> name) => Path.Combine(root, Convert.ToHexStringLower(name[..1]));

    public string At(ReadOnlySpan<byte> name) => Path.Combine(FolderOf(name), Convert.ToHexStringLower(name));

    /// <summary>Gives an object its name. Nothing is flushed: the caller does, before the index row.</summary>
    public void Place(string incoming, ReadOnlySpan<byte> name)
    {
        // A second name of the file costs less than a file of its own; where the file system has no such names, it is an empty one.
        var mark = MarkOf(name);
        if (!OperatingSystem.IsLinux() || (Link(incoming, mark) != 0 && Marshal.GetLastPInvokeError() != AlreadyThere)) File.Create(mark, 1).Dispose();
        Name(incoming, name);
    }

    /// <summary>Gives an object that has its index row already its name. Nothing is flushed.</summary>
    public void Name(string incoming, ReadOnlySpan<byte> name) => File.Move(incoming, At(name), overwrite: true);

    /// <summary>The index row is there: the object is no longer pending.</summary>
    public void Placed(ReadOnlySpan<byte> name) => File.Delete(MarkOf(name));

    /// <summary>The index row is not there, and will not be.</summary>
    public void Remove(ReadOnlySpan<byte> name)
    {
        File.Delete(At(name));
        File.Delete(MarkOf(name));
    }

    /// <summary>Removes what a former run left on its way.</summary>
    /// <param name="isKept">Whether the index has a row for the object.</param>
    /// <returns>Number of objects and parts removed.</returns>
    public int Clean(Func<byte[], bool> isKept)
    {
        var removed = 0;
        foreach (var file in Directory.GetFiles(staging))
        {
            if (file.EndsWith(Pending, StringComparison.Ordinal) && TryName(Path.GetFileNameWithoutExtension(file)) is { } name && File.Exists(At(name)) && !isKept(name))
            {
                File.Delete(At(name));
                removed++;
            }
            else if (!file.EndsWith(Pending, StringComparison.Ordinal))
            {
                removed++;
            }

            File.Delete(file);
        }

        return removed;
    }

    private static byte[]? TryName(string text) =>
        text.Length == ObjectName.Length * 2 && text.All(char.IsAsciiHexDigitLower) ? Convert.FromHexString(text) : null;

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);

    private string MarkOf(ReadOnlySpan<byte> name) => Path.Combine(staging, Convert.ToHexStringLower(name) + Pending);
}
