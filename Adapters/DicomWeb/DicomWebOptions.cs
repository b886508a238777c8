namespace EHealthPlus.Adapters.DicomWeb;

/// <summary>Limits of the DICOMweb interface.</summary>
public sealed record DicomWebOptions
{
    /// <summary>Bytes of one store request, all its parts together.</summary>
    public long MaxStoreBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Store requests that are received at the same time; one more is told to come again.</summary>
    public int MaxReceiving { get; init; } = 16;

    /// <summary>Of these, requests of one source: however slowly it sends, others find a place.</summary>
    public int MaxReceivingOfSource { get; init; } = 8;

    /// <summary>Instances of one store request: its answer names each of them.</summary>
    public int MaxParts { get; init; } = 20_000;

    /// <summary>Instances of one request that wait together for their flush.</summary>
    public int FlushedTogether { get; init; } = 32;

    /// <summary>Matches of a query that states no limit.</summary>
    public int UsualResults { get; init; } = 1_000;

    /// <summary>Matches of a query at most.</summary>
    public int MostResults { get; init; } = 5_000;

    /// <summary>Bytes of an object that is turned into another transfer syntax in memory, to be cut; one is held at a time.</summary>
    public int MaxTurnedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Frames of one request.</summary>
    public int MostFrames { get; init; } = 4_096;
}
