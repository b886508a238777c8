using System.Net;
using System.Net.Sockets;

namespace EHealthPlus.Tests.EndToEnd.Running;

/// <summary>Ports of loopback on which nobody listens, for a server that binds them a moment later.</summary>
internal static class FreePort
{
    // Under the system's range for outgoing connections (32768 and up): a port that a connection of another test may be given is none to hand out.
    private const int First = 10_000;
    private const int Count = 22_000;

    // Test projects run beside each other: each begins elsewhere.
    private static int last = Environment.ProcessId * 101 % Count;

    public static int Next()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref last) % Count);
            if (IsFree(port)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
