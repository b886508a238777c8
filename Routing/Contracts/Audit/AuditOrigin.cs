using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EHealthPlus.Routing.Contracts.Audit;

/// <summary>Where a request came from.</summary>
/// <param name="Address">IP address of the peer, without port.</param>
/// <param name="SourceId">The sending system, where one is registered.</param>
/// <param name="Certificate">SHA-256 thumbprint of the client certificate, 64 upper-case hexadecimal digits.</param>
public sealed record AuditOrigin(string? Address, string? SourceId = null, string? Certificate = null)
{
    /// <summary>The other end of a connection.</summary>
    public static AuditOrigin Of(IPAddress? address, X509Certificate2? certificate)
    {
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        return new(address?.ToString(), null, certificate?.GetCertHashString(HashAlgorithmName.SHA256));
    }
}
