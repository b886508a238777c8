using EHealthPlus.Adapters.Dimse.UpperLayer;

namespace EHealthPlus.Adapters.Dimse;

/// <summary>The hub as DICOM application entity.</summary>
public sealed record DimseOptions
{
    /// <summary>What peers call the hub by.</summary>
    public string AeTitle { get; init; } = "EHEALTHPLUS";

    /// <summary>Open associations, those that are still negotiated or refused included; one more is refused, and far more are closed at once.</summary>
    public int MaxAssociations { get; init; } = 1024;

    /// <summary>Of these, established ones of one peer.</summary>
    public int MaxAssociationsOfPeer { get; init; } = 128;

    public LinkLimits Limits { get; init; } = new();

    /// <summary>At shutdown: how long operations in work may still take. Keep it under the host's own limit.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Matches that one C-FIND gives.</summary>
    public int MaxMatches { get; init; } = 5_000;

    /// <summary>Instances that one C-GET, C-MOVE or storage commitment is about.</summary>
    public int MaxInstances { get; init; } = 20_000;

    /// <exception cref="ArgumentException">The limits contradict each other.</exception>
    internal DimseOptions Checked()
    {
        if (AeTitle.Length is 0 or > 16) throw new ArgumentException("An AE title has 1 to 16 characters.");
        if (MaxAssociations < 1 || MaxAssociationsOfPeer < 1 || MaxMatches < 1) throw new ArgumentException("DIMSE limits must be positive.");
        if (Limits.MaxPduLength < 4096) throw new ArgumentException("A PDU of less than 4 KiB is no limit that peers keep.");
        return this;
    }
}
