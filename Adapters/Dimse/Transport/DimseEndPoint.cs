using System.Net;

namespace EHealthPlus.Adapters.Dimse.Transport;

/// <summary>An endpoint that <see cref="DimseTransport"/> listens on, and no other transport of the host.</summary>
internal sealed class DimseEndPoint(IPEndPoint address) : EndPoint
{
    public IPEndPoint Address => address;

    public override string ToString() => address.ToString();
}
