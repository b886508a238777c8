namespace EHealthPlus.Routing.Contracts.Audit;

/// <summary>Where a request came from.</summary>
/// <param name="Address">IP address of the peer, without port.</param>
/// <param name="SourceId">The sending system, where one is registered.</param>
/// <param name="Certificate">SHA-256 thumbprint of the client certificate, 64 upper-case hexadecimal digits.</param>
public sealed record AuditOrigin(string? Address, string? SourceId = null, string? Certificate = null);
