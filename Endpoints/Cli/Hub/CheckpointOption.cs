using System.CommandLine;
using EHealthPlus.Monitoring.Audit.Checkpoints;

namespace EHealthPlus.Endpoints.Cli.Hub;

/// <summary>Where the audit checkpoints are: said, or by the hub's own setting, or in its data directory.</summary>
internal static class CheckpointOption
{
    public static readonly Option<string?> Folder = new("--checkpoints") { Description = "Folder of the audit checkpoints; Hub__AuditCheckpoints, or audit-checkpoints in the data directory" };

    public static CheckpointFolder Of(ParseResult parsed) =>
        new(parsed.GetValue(Folder) ?? Environment.GetEnvironmentVariable("Hub__AuditCheckpoints") ?? Path.Combine(parsed.GetValue(HubOptions.Data)!, "audit-checkpoints"));
}
