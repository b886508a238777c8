namespace EHealthPlus.Adapters.Uploads.Folders;

/// <summary>
/// Tells which file of in/ comes next, and whether it is complete. Files are taken by name. Names that begin with a dot or end as those of
/// unfinished transfers do are left alone; any other is complete when nobody has written to it for the settle time, so a file that was
/// renamed into place is taken as soon as its last write is that old. Folders and links are never taken.
/// </summary>
internal sealed class Arrivals(string folder, TimeSpan settle, TimeProvider time)
{
    private static readonly string[] Unfinished = [".part", ".tmp", ".filepart", ".crdownload", ".partial"];

    private (string Name, long Length, DateTime Written, long SeenAt) watched;

    /// <param name="postponed">Names that wait, so that others are not held up by them.</param>
    /// <returns>
    /// The next file; null where there is none, or where the next by name is still being written. One that cannot be opened by its name, as one in
    /// Big5 bytes, is there too: whoever takes it finds out.
    /// </returns>
    public FileInfo? Next(Func<string, bool> postponed)
    {
        var first = new DirectoryInfo(folder).EnumerateFiles()
            .Where(file => !IsUnfinished(file.Name) && file.LinkTarget is null && !postponed(file.Name))
            .MinBy(file => file.Name, StringComparer.Ordinal);
        if (first is null || !File.Exists(first.FullName)) return first;
        if (watched.Name != first.Name || watched.Length != first.Length || watched.Written != first.LastWriteTimeUtc)
        {
            watched = (first.Name, first.Length, first.LastWriteTimeUtc, time.GetTimestamp());
        }

        var age = time.GetUtcNow().UtcDateTime - first.LastWriteTimeUtc;
        // The clock of a file server may be ahead of ours: then the time since the last change that was seen counts.
        return age >= settle || time.GetElapsedTime(watched.SeenAt) >= settle ? first : null;
    }

    /// <summary>Every name in the folder.</summary>
    public HashSet<string> Names() => [.. new DirectoryInfo(folder).EnumerateFiles().Select(file => file.Name)];

    private static bool IsUnfinished(string name) =>
        name[0] == '.' || Array.Exists(Unfinished, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
