using System.Security.Cryptography;
using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Mllp;

/// <summary>Receives each MLLP connection that Kestrel accepts.</summary>
internal sealed class MllpConnectionHandler(
    IMessageIntake intake, MllpOptions options, MessageMemory memory, TimeProvider time, ILogger<MllpConnectionHandler> logger) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        var certificate = connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
        var peer = new Peer(
            connection.RemoteEndPoint?.ToString() ?? "unknown",
            certificate?.GetCertHashString(HashAlgorithmName.SHA256));
        return new MllpConnection(connection, peer, intake, options, memory, time, logger).RunAsync();
    }
}
