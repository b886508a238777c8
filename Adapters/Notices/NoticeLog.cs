using EHealthPlus.Adapters.Notices.Channels;
using EHealthPlus.Routing.Contracts.Notices;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Notices;

/// <summary>What the notices tell operators, without addresses. Events 8600 to 8609.</summary>
internal static partial class NoticeLog
{
    [LoggerMessage(8600, LogLevel.Warning, "Notice {Number} was not sent by {Channel}: {Delivery}")]
    public static partial void NotSent(ILogger logger, long number, NoticeChannel channel, Delivery delivery);

    [LoggerMessage(8601, LogLevel.Error, "What was sent could not be noted: {Reason}")]
    public static partial void NotNoted(ILogger logger, string reason);
}
