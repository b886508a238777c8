using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Routing.Contracts.Tls;

/// <summary>TLS of the connections that the hub opens to a source's own systems: as those that they open to it.</summary>
public interface ISourceTls
{
    /// <returns>Null for plain TCP.</returns>
    CallerTls? ForCallTo(Source source);
}
