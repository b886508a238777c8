using System.Net;

namespace EHealthPlus.Endpoints.Hub.Settings;

/// <summary>
/// The section "Hub" of the configuration: environment variables such as Hub__Http, or hub.json in the working directory.
/// </summary>
public sealed class HubSettings
{
    /// <summary>Folder that holds everything the hub keeps; made when it is missing.</summary>
    public string DataDirectory { get; init; } = "./data";

    /// <summary>Address and port of FHIR, console and metrics.</summary>
    public string Http { get; init; } = "127.0.0.1:8080";

    /// <summary>Address and port that HL7 v2 messages come in on.</summary>
    public string Mllp { get; init; } = "127.0.0.1:2575";

    /// <summary>Folder with one folder for each source, watched for files; uploads in the data directory where it is not said.</summary>
    public string? Uploads { get; init; }

    /// <summary>Folder with the local maps of the sources (CSV), read again when they change; terminology in the data directory where it is not said.</summary>
    public string? Terminology { get; init; }

    /// <summary>Address and port for DICOM associations: read, and not yet listened on.</summary>
    public string Dicom { get; init; } = "127.0.0.1:11112";

    /// <summary>
    /// Folder of the signed audit checkpoints and their key; audit-checkpoints in the data directory where it is not said. Put it on another
    /// disk, where those who administer the database have no hand.
    /// </summary>
    public string? AuditCheckpoints { get; init; }

    /// <summary>Folder of map files (docs/maps.md); none where it is not said.</summary>
    public string? Maps { get; init; }

    public MllpTlsSettings MllpTls { get; init; } = new();

    /// <summary>Parses ADDRESS:PORT; [::1]:2575 for IPv6; port 0 takes a free one.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static IPEndPoint EndPoint(string setting, string name) =>
        IPEndPoint.TryParse(setting.Replace("localhost", "127.0.0.1", StringComparison.OrdinalIgnoreCase), out var endPoint)
            ? endPoint
            : throw new FormatException($"Hub__{name} is '{setting}': write ADDRESS:PORT, such as 127.0.0.1:8080");
}
