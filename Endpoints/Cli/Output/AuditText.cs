using EHealthPlus.Monitoring.Audit.Checkpoints;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Endpoints.Cli.Output;

/// <summary>What was found in an audit trail and its checkpoints, in sentences.</summary>
internal static class AuditText
{
    public static string? Say(AuditFinding? finding) => finding?.Fault switch
    {
        null => null,
        AuditFault.EntryAltered => $"Entry {finding.Number} was altered, or the entry before it was and its hash made anew.",
        AuditFault.EntryMissing => finding.Until > finding.Number ? $"Entries {finding.Number} to {finding.Until} are missing." : $"Entry {finding.Number} is missing.",
        AuditFault.EntryInserted => $"Entry {finding.Number} was inserted.",
        AuditFault.EntriesRewritten => $"Entries from {finding.Number} on were written anew: the checkpoint of entry {finding.Until} does not agree.",
        AuditFault.TailCut => $"Entries {finding.Number} to {finding.Until} were cut off: a checkpoint vouches for them.",
        _ => throw new ArgumentOutOfRangeException(nameof(finding)),
    };

    public static string? Say(CheckpointFinding? finding) => finding?.Fault switch
    {
        null => null,
        CheckpointFault.Unreadable => $"Line {finding.Line} of the checkpoints is none.",
        CheckpointFault.Forged => $"Line {finding.Line} of the checkpoints was not signed with the hub's key.",
        CheckpointFault.Missing => $"Checkpoints before line {finding.Line} were taken away.",
        CheckpointFault.Backwards => $"The checkpoint in line {finding.Line} knows fewer entries than the one before it: the trail was put back to an earlier state.",
        _ => throw new ArgumentOutOfRangeException(nameof(finding)),
    };
}
