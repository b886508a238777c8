using EHealthPlus.Adapters.Notices.Channels;
using EHealthPlus.Routing.Contracts.Notices;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Notices;

/// <summary>What the notices tell operators, without addresses. Events 8600 to 8609.</summary>
internal static partial class NoticeLog
{
    [LoggerMessage(8600, LogLevel.Warning, "Notice {Number} was not sent by {Channel}: {Delivery}")]
    public static partial void NotSent(ILogger logger, long number, NoticeChannel channel, Delivery delivery);

    [LoggerMessage(8601, LogLevel.Error, "A round of notices broke off, and what was sent in it may not be noted: {Reason}")]
    public static partial void NotNoted(ILogger logger, string reason);

    [LoggerMessage(8602, LogLevel.Error, "Notice {Number} met a fault that {Channel} does not know: {Reason}")]
    public static partial void Faulty(ILogger logger, long number, NoticeChannel channel, string reason);
}
