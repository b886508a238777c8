using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EHealthPlus.Routing.Contracts.Tls;

/// <summary>Chains to authorities of our own choosing, in place of those of the system.</summary>
internal static class PrivateChain
{
    /// <summary>Extended key usages (RFC 5280, 4.2.1.12).</summary>
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1", ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Validates a chain to private authorities: dates, signatures and purpose. Revocation is not asked for.</summary>
    /// <param name="presented">The chain as it came, for its intermediate certificates.</param>
    /// <param name="purpose">Extended key usage that the certificate must allow.</param>
    public static bool ComesFrom(X509Certificate2Collection authorities, X509Certificate2 certificate, X509Chain? presented, string purpose)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(purpose));
        if (presented is not null) chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        return chain.Build(certificate);
    }
}
