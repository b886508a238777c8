using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Mllp;

/// <summary>What the listener writes to the log. Never bytes of a message.</summary>
internal static partial class MllpLog
{
    [LoggerMessage(1101, LogLevel.Debug, "MLLP connection from {Peer} opened")]
    public static partial void Opened(ILogger logger, string peer);

    [LoggerMessage(1102, LogLevel.Debug, "MLLP connection from {Peer} closed: {Reason}")]
    public static partial void Closed(ILogger logger, string peer, string reason);

    [LoggerMessage(1103, LogLevel.Information, "MLLP connection from {Peer} is closed after refusal {Code}")]
    public static partial void Refused(ILogger logger, string peer, RejectionCode code);

    [LoggerMessage(1104, LogLevel.Warning, "{Limit} MLLP connections are open: further ones are closed at once")]
    public static partial void TooManyConnections(ILogger logger, int limit);

    [LoggerMessage(1105, LogLevel.Information, "MLLP sender {Peer} did not take its answers in time: connection cut")]
    public static partial void SenderDoesNotRead(ILogger logger, string peer);

    [LoggerMessage(1106, LogLevel.Warning, "MLLP connection from {Peer}: answers were still due when the hub had to stop")]
    public static partial void DrainTimedOut(ILogger logger, string peer);

    [LoggerMessage(1107, LogLevel.Error, "A message from {Peer} could not be answered: connection cut, so that the sender sends it again: {Fault}")]
    public static partial void IntakeFailed(ILogger logger, string peer, string fault);
}
