namespace EHealthPlus.Routing.Contracts.Credentials;

/// <summary>A client certificate that the hub's authority issued to a service location. Never deleted: an old message can still be traced to it.</summary>
/// <param name="Thumbprint">SHA-256 of the certificate, 64 upper-case hexadecimal digits.</param>
/// <param name="SerialNumber">Upper-case hexadecimal digits, as in the revocation list.</param>
/// <param name="RevokedAt">From when it is refused; in the future where a newer one is to take its place by then. Null while nothing was decided.</param>
public sealed record LocationCertificate(
    string Thumbprint, string SerialNumber, string ServiceLocationId, DateTimeOffset NotBefore, DateTimeOffset NotAfter, DateTimeOffset IssuedAt,
    DateTimeOffset? RevokedAt = null, string? RevocationReason = null)
{
    public bool RevokedBy(DateTimeOffset at) => RevokedAt <= at;

    public bool InForceAt(DateTimeOffset at) => NotBefore <= at && at < NotAfter && !RevokedBy(at);
}

/// <summary>The certificates issued. Lookups answer from memory; changes are durable when the call returns, and seen by every lookup after it.</summary>
public interface ILocationCertificates
{
    LocationCertificate? Find(string thumbprint);

    /// <summary>Newest first.</summary>
    IReadOnlyList<LocationCertificate> OfLocation(string serviceLocationId);

    IReadOnlyList<LocationCertificate> All { get; }

    Task SaveAsync(LocationCertificate certificate, CancellationToken cancellationToken);
}
