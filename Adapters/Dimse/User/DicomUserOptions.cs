using EHealthPlus.Adapters.Dimse.UpperLayer;
using EHealthPlus.Routing.Contracts.Tls;

namespace EHealthPlus.Adapters.Dimse.User;

/// <summary>Which application entity a <see cref="DicomUser"/> calls, and as which.</summary>
public sealed record DicomUserOptions
{
    public required string Host { get; init; }

    /// <summary>11112 is the registered port of dicom (IANA), 2762 that of dicom-tls.</summary>
    public required int Port { get; init; }

    public required string CallingAeTitle { get; init; }

    public required string CalledAeTitle { get; init; }

    /// <summary>Null for plain TCP.</summary>
    public CallerTls? Tls { get; init; }

    /// <summary>Operations sent ahead of their answers, where the other side agrees.</summary>
    public ushort Window { get; init; } = 1;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public LinkLimits Limits { get; init; } = new();
}
