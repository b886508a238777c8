using System.Security.Cryptography;
using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>Receives each DICOM connection that Kestrel accepts.</summary>
internal sealed class DimseConnectionHandler(ProvidedServices services) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        var certificate = connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
        var peer = new Peer(connection.RemoteEndPoint?.ToString() ?? "unknown", certificate?.GetCertHashString(HashAlgorithmName.SHA256));
        return new ProvidedAssociation(connection, peer, services).RunAsync();
    }
}
