using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Routing.Fakes;

/// <summary>Locations that need a certificate, each with the one that it has; no other location needs one.</summary>
public sealed class MemoryCertificates : ICertificateCheck
{
    public Dictionary<string, string> ByLocation { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Revoked { get; } = new(StringComparer.Ordinal);

    public Rejection? RefusalFor(string serviceLocationId, string? thumbprint)
    {
        if (!ByLocation.TryGetValue(serviceLocationId, out var own)) return null;
        if (thumbprint is null) return new(RejectionCode.CertificateMissing, "none shown");
        if (Revoked.Contains(thumbprint)) return new(RejectionCode.CertificateRevoked, "revoked");
        return thumbprint == own ? null : new(RejectionCode.CertificateUnknown, "not ours");
    }

    public Result<string> LocationOf(string thumbprint) => throw new NotSupportedException();
}
