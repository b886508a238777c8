using System.Globalization;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Credentials.Certificates;

/// <inheritdoc/>
internal sealed class CertificateCheck(ILocationCertificates certificates, TimeProvider time) : ICertificateCheck
{
    public Rejection? RefusalFor(string serviceLocationId, string? thumbprint)
    {
        if (thumbprint is null || certificates.Find(thumbprint) is not { } shown)
        {
            if (certificates.OfLocation(serviceLocationId).Count == 0) return null;
            return thumbprint is null
                ? new(RejectionCode.CertificateMissing, $"Service location {serviceLocationId} has a certificate, and the connection bears none")
                : Unknown();
        }

        if (RefusalOf(shown) is { } refusal) return refusal;
        return string.Equals(shown.ServiceLocationId, serviceLocationId, StringComparison.Ordinal)
            ? null
            : new(RejectionCode.CertificateOfAnotherLocation, $"The certificate is that of service location {shown.ServiceLocationId}, not of {serviceLocationId}");
    }

    public Result<string> LocationOf(string thumbprint)
    {
        if (certificates.Find(thumbprint) is not { } shown) return Unknown();
        return RefusalOf(shown) is { } refusal ? refusal : shown.ServiceLocationId;
    }

    private Rejection? RefusalOf(LocationCertificate shown)
    {
        var now = time.GetUtcNow();
        if (shown.RevokedBy(now)) return new(RejectionCode.CertificateRevoked, $"The certificate of service location {shown.ServiceLocationId} was revoked at {Written(shown.RevokedAt!.Value)}");
        return shown.InForceAt(now)
            ? null
            : new(RejectionCode.CertificateExpired, $"The certificate of service location {shown.ServiceLocationId} holds from {Written(shown.NotBefore)} until {Written(shown.NotAfter)}");
    }

    private static Rejection Unknown() => new(RejectionCode.CertificateUnknown, "The certificate of the connection was not issued by this hub");

    private static string Written(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
