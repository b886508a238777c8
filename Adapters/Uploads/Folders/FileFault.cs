using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Uploads.Folders;

/// <summary>Why a file or folder cannot be worked on now, by what the operating system says (errno(3); on Windows its own numbers).</summary>
internal static class FileFault
{
    private const int NotPermitted = 1, AccessDenied = 13, ReadOnly = 30;
    private const int NoSpace = 28, DiskQuota = 122, DiskFullWindows = 112;

    /// <returns>StorageFull, UploadFolderForbidden, UploadFileFaulty; InternalFault where the hub itself is to blame.</returns>
    public static RejectionCode Of(Exception fault) => fault switch
    {
        UnauthorizedAccessException => RejectionCode.UploadFolderForbidden,
        IOException { HResult: var result } => (result & 0xFFFF) switch
        {
            NoSpace or DiskQuota or DiskFullWindows => RejectionCode.StorageFull,
            NotPermitted or AccessDenied or ReadOnly => RejectionCode.UploadFolderForbidden,
            _ => RejectionCode.UploadFileFaulty,
        },
        _ => RejectionCode.InternalFault,
    };
}
