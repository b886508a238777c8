using System.Security.Cryptography;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Endpoints.Hub.Credentials;

/// <summary>Where an HTTP request came from, for the audit.</summary>
internal static class RequestOrigin
{
    public static AuditOrigin Of(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        return new(address?.ToString(), null, http.Connection.ClientCertificate?.GetCertHashString(HashAlgorithmName.SHA256));
    }
}
