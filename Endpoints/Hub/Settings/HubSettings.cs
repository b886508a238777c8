using System.Net;
using System.Net.Sockets;

namespace EHealthPlus.Endpoints.Hub.Settings;

/// <summary>
/// The section "Hub" of the configuration: environment variables such as Hub__Http, or hub.json in the working directory.
/// </summary>
public sealed class HubSettings
{
    /// <summary>Folder that holds everything the hub keeps; made when it is missing.</summary>
    public string DataDirectory { get; init; } = "./data";

    /// <summary>
    /// Folder of the keys that wrap the store's data keys; keys in the data directory where it is not said. In production put it on another
    /// volume: who has the database and this folder can read all (docs/security-keys.md).
    /// </summary>
    public string? StoreKeys { get; init; }

    /// <summary>Address and port of FHIR, console and metrics.</summary>
    public string Http { get; init; } = "127.0.0.1:8080";

    /// <summary>Address and port that HL7 v2 messages come in on.</summary>
    public string Mllp { get; init; } = "127.0.0.1:2575";

    /// <summary>Folder with one folder for each source, watched for files; uploads in the data directory where it is not said.</summary>
    public string? Uploads { get; init; }

    /// <summary>Folder with the local maps of the sources (CSV), read again when they change; terminology in the data directory where it is not said.</summary>
    public string? Terminology { get; init; }

    /// <summary>Address and port for DICOM associations.</summary>
    public string Dicom { get; init; } = "127.0.0.1:11112";

    /// <summary>Application entity title of the hub: what peers call it by.</summary>
    public string DicomAeTitle { get; init; } = "EHEALTHPLUS";

    /// <summary>Seconds without a new image after which a study is announced to the record. What comes later reopens it.</summary>
    public double StudyQuietSeconds { get; init; } = 30;

    /// <summary>Seconds between looks at studies that wait for their citizen's account or consent.</summary>
    public double StudyTakeUpSeconds { get; init; } = 30;

    /// <summary>
    /// Folder of the signed audit checkpoints and their key; audit-checkpoints in the data directory where it is not said. Put it on another
    /// disk, where those who administer the database have no hand.
    /// </summary>
    public string? AuditCheckpoints { get; init; }

    /// <summary>Where audit entries go as syslog messages: udp://HOST:PORT, tcp://HOST:PORT or tls://HOST:PORT; nowhere while it is not said.</summary>
    public string? Syslog { get; init; }

    /// <summary>PEM file with the authorities that the collector's certificate must come from; those of the system where it is not said.</summary>
    public string? SyslogAuthorities { get; init; }

    /// <summary>File with the watching rules (docs/watching.md), in place of the program's own.</summary>
    public string? WatchRules { get; init; }

    /// <summary>URL of the SMS gateway that notices to citizens are POSTed to; without it notices by SMS go the citizen's next way.</summary>
    public string? NoticeSmsGateway { get; init; }

    /// <summary>Bearer token of the SMS gateway.</summary>
    public string? NoticeSmsToken { get; init; }

    /// <summary>Mail server for notices: smtp://USER:PASSWORD@HOST:587 or smtps://HOST:465.</summary>
    public string? NoticeSmtp { get; init; }

    /// <summary>Address that notices by e-mail come from.</summary>
    public string? NoticeSender { get; init; }

    /// <summary>Folder of the letter files for the printing house; letters in the data directory where it is not said.</summary>
    public string? NoticeLetters { get; init; }

    /// <summary>Folder of map files (docs/maps.md); none where it is not said.</summary>
    public string? Maps { get; init; }

    /// <summary>
    /// False: there are no tokens of the embedded mode, and credentials.json is neither written nor read. Invite an administrator before.
    /// </summary>
    public bool EmbeddedTokens { get; init; } = true;

    /// <summary>Sign-ins, invitations and requests for tokens that one address may try in a minute; 120 where it is not said, and no limit for this machine.</summary>
    public int? GuessesPerMinute { get; init; }

    /// <summary>Other HTTP requests a second of one credential, or of one address without any; 300 where it is not said, and no limit for this machine.</summary>
    public int? RequestsPerSecond { get; init; }

    public TlsSettings MllpTls { get; init; } = new();

    public TlsSettings DicomTls { get; init; } = new();

    public TlsSettings HttpTls { get; init; } = new();

    /// <summary>DNS names and addresses that the hub is reached by, with commas between: for its certificate. This machine's own where it is not said.</summary>
    public string? TlsNames { get; init; }

    /// <summary>Where clients reach the HTTP port, such as https://hub.example: what an assertion for a token must name. The port's own address where it is not said.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Scheme, host and port of the HTTP port, without a slash at the end.</summary>
    /// <exception cref="FormatException">It is no such address.</exception>
    public string PublicAddress(IPEndPoint http)
    {
        if (string.IsNullOrWhiteSpace(PublicUrl)) return $"{(HttpTls.On ? "https" : "http")}://{http}";
        return Uri.TryCreate(PublicUrl, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https") && url.PathAndQuery is "/"
            ? PublicUrl.TrimEnd('/')
            : throw new FormatException($"Hub__PublicUrl is '{PublicUrl}': write scheme, host and port, such as https://hub.example");
    }

    /// <summary>The names for the hub's certificate: those said, else this machine's name, localhost, and the addresses listened on.</summary>
    public IReadOnlyList<string> ServerNames(params IPEndPoint[] ports) => string.IsNullOrWhiteSpace(TlsNames)
        ? [.. new[] { "localhost", Environment.MachineName.ToLowerInvariant(), "127.0.0.1", "::1" }
            .Concat(ports.Where(port => !port.Address.Equals(IPAddress.Any) && !port.Address.Equals(IPAddress.IPv6Any)).Select(port => port.Address.ToString()))
            .Distinct(StringComparer.Ordinal)]
        : TlsNames.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>
    /// The names that an HTTP request may call the hub by: those of its certificate and of its public address. Empty, which lets any name in, where
    /// nobody said one and the port listens on every address.
    /// </summary>
    public IReadOnlyList<string> HostNames(IPEndPoint http)
    {
        var said = !string.IsNullOrWhiteSpace(TlsNames) || !string.IsNullOrWhiteSpace(PublicUrl);
        if (!said && (http.Address.Equals(IPAddress.Any) || http.Address.Equals(IPAddress.IPv6Any))) return [];
        return [.. ServerNames(http), "localhost", new Uri(PublicAddress(http)).Host];
    }

    /// <summary>Parses ADDRESS:PORT; [::1]:2575 for IPv6; port 0 takes a free one.</summary>
    /// <exception cref="FormatException">It is neither. A port alone is none: as an address, 8080 would be 0.0.31.144.</exception>
    public static IPEndPoint EndPoint(string setting, string name) =>
        IPEndPoint.TryParse(setting.Replace("localhost", "127.0.0.1", StringComparison.OrdinalIgnoreCase), out var endPoint)
        && setting.Contains(endPoint.AddressFamily is AddressFamily.InterNetworkV6 ? "]:" : ":", StringComparison.Ordinal)
            ? endPoint
            : throw new FormatException($"Hub__{name} is '{setting}': write ADDRESS:PORT, such as 127.0.0.1:8080");
}
