using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EHealthPlus.Routing.Contracts.Files;

/// <summary>
/// Renames that a power cut does not undo. A flushed file has its bytes on disk, but its name stands in a folder, and that is on disk only when
/// the folder is flushed too (fsync(2), notes). Before anybody is told that a file is kept, its name has been made to last here.
/// </summary>
public static partial class LastingName
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int ReadOnly = 0, CloseOnExec = 0x80000;

    /// <summary>Moves a file whose bytes are flushed already; a file of the new name is replaced. When it returns, the new name lasts and the old one is gone.</summary>
    /// <exception cref="IOException">It could not be moved, or not be flushed.</exception>
    public static void Move(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        var (left, entered) = (Path.GetDirectoryName(Path.GetFullPath(from))!, Path.GetDirectoryName(Path.GetFullPath(to))!);
        Flush(entered);
        // In this order: a cut between the two may leave the file under both names, never under none.
        if (left != entered) Flush(left);
    }

    /// <summary>Makes a folder, and its name in the folder above last.</summary>
    /// <param name="ownerOnly">True where nobody else may look into it, on systems that know such modes; nor into folders above that are made with it.</param>
    /// <exception cref="IOException">It could not be made, or not be flushed.</exception>
    public static void MakeFolder(string path, bool ownerOnly = false)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(path)) return;
        var above = Path.GetDirectoryName(path)!;
        MakeFolder(above, ownerOnly);
        if (!ownerOnly || OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly);
        Flush(above);
    }

    /// <summary>Flushes a folder, or a file that somebody else wrote. Elsewhere than on Linux nothing is done: NTFS journals names by itself.</summary>
    public static void Flush(string path)
    {
        if (!OperatingSystem.IsLinux()) return;
        // File.OpenHandle opens no folders.
        using var handle = Open(path, ReadOnly | CloseOnExec);
        if (handle.IsInvalid)
        {
            var fault = new Win32Exception(Marshal.GetLastPInvokeError());
            throw new IOException(fault.Message, fault.NativeErrorCode);
        }

        RandomAccess.FlushToDisk(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);
}
