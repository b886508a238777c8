using System.Net;
using System.Net.Sockets;

namespace EHealthPlus.Endpoints.Hub.Start;

/// <summary>Tries the hub's ports, and lets go of them: what Kestrel says of a port that it cannot have names no setting.</summary>
internal static class PortTrial
{
    /// <exception cref="IOException">One of them cannot be listened on; the message names its setting, and says what to do.</exception>
    public static void Run(params ReadOnlySpan<(string Setting, IPEndPoint EndPoint)> ports)
    {
        foreach (var (setting, endPoint) in ports)
        {
            // A free one is taken.
            if (endPoint.Port == 0) continue;
            foreach (var other in ports)
            {
                if (other.EndPoint.Equals(endPoint) && other.Setting != setting) throw new IOException($"{setting} and {other.Setting} are both {endPoint}: give each a port of its own");
            }

            try
            {
                using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                // As Kestrel's: connections of a hub that has just ended, which the system still remembers, are no listener.
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                socket.Bind(endPoint);
            }
            catch (SocketException fault)
            {
                throw new IOException($"{setting}: {Said(fault, endPoint)}", fault);
            }
        }
    }

    private static string Said(SocketException fault, IPEndPoint endPoint) => fault.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse =>
            $"another program, perhaps a hub that runs already, listens on {endPoint} (ss -ltnp 'sport = :{endPoint.Port}' names it). End it, or set another port",
        SocketError.AddressNotAvailable => $"this machine has no address {endPoint.Address}. Set one that it has, or 0.0.0.0 for all",
        SocketError.AccessDenied => $"the user {Environment.UserName} may not listen on {endPoint}. Set a port from 1024 up, or give the right (CAP_NET_BIND_SERVICE)",
        _ => $"{endPoint} cannot be listened on: {fault.Message}",
    };
}
