using System.Collections.Frozen;
using System.Net;

namespace EHealthPlus.Endpoints.Hub.Defence;

/// <summary>
/// The names that requests may call the hub by (RFC 9110 section 7.2). A page of another site that points its own name at the hub's address
/// (DNS rebinding) is refused, and no link in an answer leads to a name that the client made up. An address needs no turning and is let in.
/// </summary>
/// <param name="Names">Empty where nobody said them, and any will do.</param>
internal sealed record KnownHosts(FrozenSet<string> Names)
{
    public static KnownHosts Of(IEnumerable<string> names) => new(names.ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    /// <param name="host">Without its port; empty where the request has none, as HTTP/1.0 allows.</param>
    public bool Has(string host) => Names.Count == 0 || host.Length == 0 || Names.Contains(host) || IPAddress.TryParse(host, out _);
}
