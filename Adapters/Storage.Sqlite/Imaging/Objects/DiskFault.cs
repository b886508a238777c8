using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;

/// <summary>What a fault of the file system is to a sender.</summary>
internal static class DiskFault
{
    // errno(3), and the number of Windows.
    private const int NoSpace = 28, DiskQuota = 122, DiskFullWindows = 112;

    /// <returns>StorageFull or StoreUnavailable; null for a fault that is none of the file system.</returns>
    public static Rejection? AsRejection(Exception fault) => fault switch
    {
        IOException { HResult: var result } when (result & 0xFFFF) is NoSpace or DiskQuota or DiskFullWindows =>
            new(RejectionCode.StorageFull, "The disk of the objects has no room left"),
        IOException or UnauthorizedAccessException => new(RejectionCode.StoreUnavailable, $"The objects' folder cannot be written ({fault.GetType().Name}, 0x{fault.HResult:x})"),
        _ => null,
    };
}
