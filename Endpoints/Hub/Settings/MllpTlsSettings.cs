using System.Security.Cryptography;
using EHealthPlus.Adapters.Mllp;

namespace EHealthPlus.Endpoints.Hub.Settings;

/// <summary>TLS of the MLLP port; off while <see cref="Certificate"/> is empty.</summary>
public sealed class MllpTlsSettings
{
    /// <summary>PFX file, or PEM file, with the server's certificate and key.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file with the key, where the certificate's file does not hold it.</summary>
    public string? Key { get; init; }

    public string? Password { get; init; }

    /// <summary>PEM file with the authorities that client certificates must come from; empty: no client certificate is needed.</summary>
    public string? ClientAuthorities { get; init; }

    /// <exception cref="InvalidDataException">A file does not hold what it should.</exception>
    internal MllpTls? ForMllp()
    {
        if (string.IsNullOrEmpty(Certificate)) return null;
        try
        {
            return new()
            {
                Certificate = MllpTls.LoadCertificate(Certificate, Key, Password),
                RequireClientCertificate = !string.IsNullOrEmpty(ClientAuthorities),
                ClientAuthorities = string.IsNullOrEmpty(ClientAuthorities) ? [] : MllpTls.LoadAuthorities(ClientAuthorities),
            };
        }
        catch (CryptographicException fault)
        {
            throw new InvalidDataException($"Hub__MllpTls: {fault.Message}", fault);
        }
    }
}
