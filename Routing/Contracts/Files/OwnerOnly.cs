using System.Runtime.InteropServices;

namespace EHealthPlus.Routing.Contracts.Files;

/// <summary>
/// Keeps what this process makes for its owner only, whatever the mode of the folder that it stands in: files 0600, folders 0700. So it covers what
/// libraries make, too: the database engine asks nobody for a mode. What is there already keeps its own.
/// </summary>
public static partial class OwnerOnly
{
    private const uint GroupAndOthers = 0b_000_111_111;

    /// <summary>For the whole process, and the processes that it starts.</summary>
    public static void FromNowOn()
    {
        if (!OperatingSystem.IsWindows()) _ = Mask(GroupAndOthers);
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Mask(uint mask);
}
