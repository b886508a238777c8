using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace EHealthPlus.Adapters.Dimse.Transport;

/// <summary>
/// Kestrel's connections for DICOM. Kestrel's own transport reads 4 KB at a time, ahead of who wants them, and hands each read from thread to thread:
/// an object of 525 KB is 128 reads. Here the association reads its socket itself, in parts of 64 KB, and sends from the thread that has the answer
/// (decision 38).
/// </summary>
internal sealed class DimseTransport : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private const int Backlog = 512;

    public bool CanBind(EndPoint endpoint) => endpoint is DimseEndPoint;

    /// <exception cref="AddressInUseException">Another program has the port.</exception>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var address = ((DimseEndPoint)endpoint).Address;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            socket.Bind(address);
            socket.Listen(Backlog);
            return new(new DimseListener(socket));
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new AddressInUseException(taken.Message, taken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
