namespace EHealthPlus.Routing.Imaging.Intake;

/// <summary>Limits of what is taken in.</summary>
public sealed record InstanceIntakeOptions
{
    /// <summary>Bytes of one instance. An enhanced multi-frame object of some thousand frames has a gigabyte or two.</summary>
    public long MaximumBytes { get; init; } = 8L << 30;

    /// <summary>Bytes before the data set: preamble, prefix and group 0002 with a private information of its sender.</summary>
    public int MaximumMetaBytes { get; init; } = 1 << 20;
}
