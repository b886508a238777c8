using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.Imaging.Intake;

/// <summary>What the intake of images tells operators. Events 3400 to 3409.</summary>
internal static partial class IntakeLog
{
    [LoggerMessage(3400, LogLevel.Warning, "An instance of source {Source} was refused with {Code}: {Detail}")]
    public static partial void Refused(ILogger logger, string source, int code, string detail);

    [LoggerMessage(3401, LogLevel.Error, "Source {Source} sent other bytes under a SOP Instance UID that is known: {Detail}. The audit trail names it")]
    public static partial void Conflict(ILogger logger, string source, string detail);
}
