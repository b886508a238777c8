using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;

/// <summary>
/// What the kernel is told of the pages in memory of a file that is written. Its answers say nothing: what fails here fails at the flush. Elsewhere than
/// on Linux nothing is done.
/// </summary>
internal static partial class ObjectPages
{
    private const uint Write = 2;
    private const int DontNeed = 4;

    /// <summary>
    /// Starts writing pages to the disk while more of the file comes, so that the flush has less to wait for. Nothing is waited for, and nothing is
    /// certain before the flush (sync_file_range(2), SYNC_FILE_RANGE_WRITE).
    /// </summary>
    public static void BeginWriteBack(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsLinux()) _ = SyncFileRange(file, offset, length, Write);
    }

    /// <summary>
    /// Gives pages that are on the disk already to what is written next; those that are not stay (posix_fadvise(2), POSIX_FADV_DONTNEED). Else each
    /// object takes memory that nothing has used yet, which a virtual machine has to ask its host for (decision 59).
    /// </summary>
    /// <param name="length">Of the range in bytes; 0 up to the end of the file.</param>
    public static void GiveBack(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsLinux()) _ = Advise(file, offset, length, DontNeed);
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long length, uint flags);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);
}
