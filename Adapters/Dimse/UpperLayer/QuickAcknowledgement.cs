using System.Net.Sockets;

namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>
/// Acknowledges TCP segments at once. A sender with Nagle's algorithm on (DCMTK as it comes) holds the end of each object back until what it sent
/// before is acknowledged, and Linux delays that by 40 ms. The option holds for a while only: it is set again whenever the rest of a message is waited for.
/// </summary>
internal static class QuickAcknowledgement
{
    private const int TcpLevel = 6;
    private const int TcpQuickAck = 12;

    /// <returns>What to call before such a wait; null where the system has no such option.</returns>
    public static Action? Of(Socket? socket)
    {
        if (socket is null || !OperatingSystem.IsLinux()) return null;
        byte[] on = [1, 0, 0, 0];
        return () =>
        {
            try
            {
                socket.SetRawSocketOption(TcpLevel, TcpQuickAck, on);
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // The connection has ended: whoever reads it sees that.
            }
        };
    }
}
