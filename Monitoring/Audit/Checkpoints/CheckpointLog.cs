using Microsoft.Extensions.Logging;

namespace EHealthPlus.Monitoring.Audit.Checkpoints;

/// <summary>What the checkpoints tell operators. Events 8500 to 8509.</summary>
internal static partial class CheckpointLog
{
    [LoggerMessage(8500, LogLevel.Error, "The audit checkpoint could not be written: {Reason}")]
    public static partial void NotWritten(ILogger logger, string reason);

    [LoggerMessage(8501, LogLevel.Critical, "The audit trail ended at entry {Number}, but entry {Checkpoint} was vouched for: run ehp audit verify, then move {File} away while the hub stands, and keep it as evidence")]
    public static partial void Behind(ILogger logger, long number, long checkpoint, string file);
}
