using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EHealthPlus.Tests.Adapters.Uploads;

/// <summary>
/// A small ext4 whose power can be cut: what was not flushed is gone afterwards, as the kernel's own crash tests do it (EXT4_IOC_SHUTDOWN).
/// It writes its journal by itself only every five minutes, so nothing gets to disk by luck. Needs root and a loop device.
/// </summary>
internal sealed partial class CuttableDisk : IDisposable
{
    private const nuint Shutdown = 0x8004587D;
    private const int WithoutFlushingTheJournal = 2;

    private readonly string image = Path.GetTempFileName();

    private CuttableDisk()
    {
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("ehealthplus-cut-").FullName;

    /// <returns>Null where this machine does not let us.</returns>
    public static CuttableDisk? TryMake()
    {
        if (!OperatingSystem.IsLinux()) return null;
        var disk = new CuttableDisk();
        using (var file = File.OpenWrite(disk.image)) file.SetLength(32 << 20);
        if (Run("mkfs.ext4", "-q", "-F", disk.image) && disk.Mount()) return disk;
        disk.Dispose();
        return null;
    }

    /// <summary>Nothing more gets to disk: each further write fails.</summary>
    public void Cut()
    {
        var flags = WithoutFlushingTheJournal;
        var handle = Open(Root, 0);
        Assert.True(handle >= 0 && Control(handle, Shutdown, ref flags) == 0, $"ioctl: {Marshal.GetLastPInvokeErrorMessage()}");
        _ = Close(handle);
    }

    /// <summary>The disk as the machine finds it when the power is back.</summary>
    public async Task PowerOnAsync()
    {
        await Eventually.TrueAsync(() => Run("umount", Root), "nobody uses the disk any more");
        Assert.True(Mount());
    }

    public void Dispose()
    {
        Run("umount", "-l", Root);
        File.Delete(image);
        Directory.Delete(Root, recursive: true);
    }

    private bool Mount() => Run("mount", "-o", "loop,commit=300", image, Root);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int handle, nuint request, ref int argument);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
