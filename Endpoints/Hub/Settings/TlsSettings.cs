namespace EHealthPlus.Endpoints.Hub.Settings;

/// <summary>TLS of one port, version 1.2 or later. Off while neither <see cref="Enabled"/> nor <see cref="Certificate"/> is said.</summary>
public sealed class TlsSettings
{
    /// <summary>Switches TLS on with a certificate from the hub's own authority, and client certificates from it.</summary>
    public bool Enabled { get; init; }

    /// <summary>PFX file, or PEM file, with the server's certificate and key, in place of one from the hub's own authority.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file with the key, where the certificate's file does not hold it.</summary>
    public string? Key { get; init; }

    public string? Password { get; init; }

    /// <summary>
    /// MLLP and DICOM only: PEM file with the authorities that client certificates must come from. Where it is empty, the hub's own authority is meant
    /// with <see cref="Enabled"/>, and no client certificate is needed without it.
    /// </summary>
    public string? ClientAuthorities { get; init; }

    public bool On => Enabled || !string.IsNullOrEmpty(Certificate);
}
