using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Credentials;

/// <summary>
/// Asked for each message, request and association, not only when a connection opens: a revocation holds on open connections too. The TLS
/// handshake has proven that the peer holds the key; the thumbprint proves which certificate of ours it is.
/// </summary>
public interface ICertificateCheck
{
    /// <summary>May a connection that shows this certificate speak for the location?</summary>
    /// <param name="thumbprint">SHA-256 of the client certificate, hexadecimal; null where none was shown.</param>
    /// <returns>Rejections 541 to 545; null where it may. A location that was never issued a certificate needs none.</returns>
    Rejection? RefusalFor(string serviceLocationId, string? thumbprint);

    /// <summary>Is this a certificate of ours that is in force, whichever location it belongs to?</summary>
    /// <returns>Its location; rejections 542 to 544.</returns>
    Result<string> LocationOf(string thumbprint);
}
