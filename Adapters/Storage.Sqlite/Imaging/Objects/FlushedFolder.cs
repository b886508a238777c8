using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;

/// <summary>Names of files that last: a file that is flushed has its bytes on disk, and its name when its folder is flushed too (fsync(2), notes).</summary>
internal static partial class FlushedFolder
{
    private const int ReadOnly = 0, CloseOnExec = 0x80000;

    /// <summary>Elsewhere than on Linux nothing is done: NTFS journals names by itself.</summary>
    /// <exception cref="IOException">It could not be flushed.</exception>
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
