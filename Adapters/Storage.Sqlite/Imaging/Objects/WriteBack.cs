using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;

/// <summary>
/// Starts writing a file's pages to the disk while more of it comes, so that the flush has less to wait for. Nothing is waited for, and nothing is
/// certain before the flush (sync_file_range(2), SYNC_FILE_RANGE_WRITE). Elsewhere than on Linux nothing is done.
/// </summary>
internal static partial class WriteBack
{
    private const uint Write = 2;

    public static void Begin(SafeFileHandle file, long offset, long length)
    {
        // Its answer says nothing: what fails here fails at the flush.
        if (OperatingSystem.IsLinux()) _ = SyncFileRange(file, offset, length, Write);
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long length, uint flags);
}
