namespace EHealthPlus.Adapters.Dimse.Commands;

/// <summary>A command set (PS3.7-2024 section 6.3 and annex E). What a message does not use is null.</summary>
internal sealed record CommandSet
{
    /// <summary>(0000,0100). For an answer without its bit 8000H.</summary>
    public required CommandField Field { get; init; }

    public bool IsAnswer { get; init; }

    /// <summary>(0000,0110) of a request, (0000,0120) of an answer and of C-CANCEL.</summary>
    public required ushort MessageId { get; init; }

    /// <summary>(0000,0800): anything but 0101H.</summary>
    public bool HasDataSet { get; init; }

    /// <summary>(0000,0900).</summary>
    public ushort? Status { get; init; }

    /// <summary>(0000,0902).</summary>
    public string? ErrorComment { get; init; }

    /// <summary>(0000,0903): what a service class calls a fault more exactly than its status does.</summary>
    public ushort? ErrorId { get; init; }

    /// <summary>(0000,0002).</summary>
    public string? AffectedSopClassUid { get; init; }

    /// <summary>(0000,0003).</summary>
    public string? RequestedSopClassUid { get; init; }

    /// <summary>(0000,1000).</summary>
    public string? AffectedSopInstanceUid { get; init; }

    /// <summary>(0000,1001).</summary>
    public string? RequestedSopInstanceUid { get; init; }

    /// <summary>(0000,0700): 0 medium, 1 high, 2 low.</summary>
    public ushort? Priority { get; init; }

    /// <summary>(0000,0600).</summary>
    public string? MoveDestination { get; init; }

    /// <summary>(0000,1030).</summary>
    public string? MoveOriginator { get; init; }

    /// <summary>(0000,1031).</summary>
    public ushort? MoveOriginatorMessageId { get; init; }

    /// <summary>(0000,1002).</summary>
    public ushort? EventTypeId { get; init; }

    /// <summary>(0000,1008).</summary>
    public ushort? ActionTypeId { get; init; }

    /// <summary>(0000,1005): group and element of each attribute that is asked for; null where all are.</summary>
    public IReadOnlyList<uint>? Attributes { get; init; }

    /// <summary>(0000,1020) to (0000,1023).</summary>
    public SubOperations? SubOperations { get; init; }
}

/// <summary>Counts of sub-operations in the answers to C-GET and C-MOVE.</summary>
/// <param name="Remaining">Null in the last answer.</param>
public sealed record SubOperations(ushort? Remaining, ushort Completed, ushort Failed, ushort Warning);
