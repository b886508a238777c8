using Microsoft.Extensions.Logging;

namespace EHealthPlus.Monitoring.Watching;

/// <summary>What the watching tells operators. Events 8520 to 8529.</summary>
internal static partial class WatchingLog
{
    [LoggerMessage(8520, LogLevel.Warning, "Rule {Rule} {Name} of the watching was broken {Times} times: see the cases in the console")]
    public static partial void Broken(ILogger logger, int rule, string? name, int times);

    [LoggerMessage(8521, LogLevel.Error, "Cases could not be kept: {Reason}. The audit trail is judged again from where it was kept")]
    public static partial void NotKept(ILogger logger, string reason);
}
