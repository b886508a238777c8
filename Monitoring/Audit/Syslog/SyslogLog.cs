using Microsoft.Extensions.Logging;

namespace EHealthPlus.Monitoring.Audit.Syslog;

/// <summary>What the forwarding tells operators. Events 8510 to 8519.</summary>
internal static partial class SyslogLog
{
    [LoggerMessage(8510, LogLevel.Warning, "The syslog collector {Address} is not reached: {Reason}. The audit trail waits to be sent")]
    public static partial void NotReached(ILogger logger, Uri address, string reason);

    [LoggerMessage(8511, LogLevel.Information, "The syslog collector {Address} is reached again")]
    public static partial void Reached(ILogger logger, Uri address);
}
