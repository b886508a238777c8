using System.Security.Cryptography.X509Certificates;

namespace EHealthPlus.Routing.Credentials.Certificates;

/// <summary>The hub's certificate for its own ports and for the connections that it opens, from its own authority; renewed while the hub runs.</summary>
public sealed class ServerCertificate
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);
    private static readonly TimeSpan RenewedBefore = TimeSpan.FromDays(30);

    private readonly CertificateAuthority authority;
    private readonly AuthorityFiles files;
    private readonly IReadOnlyList<string> names;
    private readonly TimeProvider time;
    private readonly Lock renewing = new();
    private X509Certificate2? current;

    internal ServerCertificate(CertificateAuthority authority, AuthorityFiles files, IReadOnlyList<string> names, TimeProvider time)
    {
        this.authority = authority;
        this.files = files;
        this.names = names;
        this.time = time;
    }

    /// <summary>Asked at each handshake.</summary>
    public X509Certificate2 Current
    {
        get
        {
            lock (renewing)
            {
                current ??= files.Load("server");
                if (current is not null && IsGood(current)) return current;
                var now = time.GetUtcNow();
                // The old one is left to the collector: handshakes that began with it may not be over.
                current = Issuing.ForServer(authority.Authority, names, now, now + Lifetime);
                files.Save("server", current);
                return current;
            }
        }
    }

    private bool IsGood(X509Certificate2 certificate) =>
        certificate.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime > RenewedBefore
        && certificate.IssuerName.RawData.AsSpan().SequenceEqual(authority.Authority.SubjectName.RawData)
        && Issuing.IsForClientToo(certificate)
        && names.All(name => certificate.MatchesHostname(name, allowWildcards: false, allowCommonName: false));
}
