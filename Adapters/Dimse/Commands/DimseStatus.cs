namespace EHealthPlus.Adapters.Dimse.Commands;

/// <summary>Status (0000,0900): PS3.7-2024 annex C, and PS3.4-2024 sections B.2.3, C.4.1.1.4, C.4.2.1.5, C.4.3.1.4.</summary>
internal static class DimseStatus
{
    public const ushort Success = 0x0000;
    public const ushort InvalidArgument = 0x0115;
    public const ushort NotAuthorized = 0x0124;
    public const ushort ResourceLimitation = 0x0213;
    public const ushort UnrecognizedOperation = 0x0211;
    public const ushort OutOfResources = 0xA700;
    public const ushort SubOperationsFailed = 0xA702;
    public const ushort SomeSubOperationsFailed = 0xB000;
    public const ushort UnableToProcess = 0xC000;
    public const ushort Cancelled = 0xFE00;
    public const ushort Pending = 0xFF00;

    /// <summary>Pending; some optional keys were not supported.</summary>
    public const ushort PendingWithWarning = 0xFF01;

    public static bool IsPending(ushort status) => status is Pending or PendingWithWarning;

    /// <summary>Stored, possibly with something to say about it.</summary>
    public static bool IsStored(ushort status) => status == Success || IsWarning(status);

    public static bool IsWarning(ushort status) => status == 1 || (status & 0xF000) == 0xB000 || status is 0x0107 or 0x0116;
}
