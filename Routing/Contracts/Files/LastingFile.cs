namespace EHealthPlus.Routing.Contracts.Files;

/// <summary>
/// Files that are whole or not there, also after a power cut: written aside under NAME.new, flushed, and moved by <see cref="LastingName"/>.
/// </summary>
public static class LastingFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file; one of that name is replaced. When it returns, the file lasts.</summary>
    /// <param name="path">In a folder that is there.</param>
    /// <param name="ownerOnly">True where nobody else may read it, as it holds a secret.</param>
    /// <exception cref="IOException">It could not be written. The file of that name is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, bool ownerOnly = false)
    {
        var draft = path + ".new";
        // A draft that a cut off start left behind may be open to others.
        if (ownerOnly) File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (ownerOnly && !OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(draft, options))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        LastingName.Move(draft, path);
    }
}
