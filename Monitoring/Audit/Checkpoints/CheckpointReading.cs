using System.Security.Cryptography;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Monitoring.Audit.Checkpoints;

/// <summary>What is wrong with the checkpoint file.</summary>
public enum CheckpointFault
{
    /// <summary>The line is no checkpoint.</summary>
    Unreadable = 1,

    /// <summary>The line was not signed with the key.</summary>
    Forged = 2,

    /// <summary>The line does not follow the one before it: lines between were taken away, or put elsewhere.</summary>
    Missing = 3,

    /// <summary>The line knows fewer entries than the one before it: the trail was put back to an earlier state.</summary>
    Backwards = 4,
}

/// <param name="Line">1 for the first.</param>
public sealed record CheckpointFinding(CheckpointFault Fault, int Line);

/// <summary>The checkpoints of a file, up to the first that does not hold.</summary>
/// <param name="Finding">Null where all hold.</param>
public sealed record CheckpointReading(IReadOnlyList<AuditCheckpoint> Checkpoints, CheckpointFinding? Finding)
{
    internal static CheckpointReading Of(IReadOnlyList<string> lines, ECDsa key)
    {
        // Each line holds the hash of the one before: where all follow, the last signature vouches for all. So a year is read in a second.
        var whole = Walk(lines, null);
        return lines.Count == 0 || (whole.Finding is null && SignedCheckpoint.Parse(lines[^1])!.IsSignedBy(key)) ? whole : Walk(lines, key);
    }

    private static CheckpointReading Walk(IReadOnlyList<string> lines, ECDsa? key)
    {
        var checkpoints = new List<AuditCheckpoint>(lines.Count);
        SignedCheckpoint? before = null;
        foreach (var line in lines)
        {
            var read = SignedCheckpoint.Parse(line);
            CheckpointFault? fault = read is null ? CheckpointFault.Unreadable
                : key is not null && !read.IsSignedBy(key) ? CheckpointFault.Forged
                : !read.Follows(before) ? CheckpointFault.Missing
                : read.Checkpoint.Number < before?.Checkpoint.Number ? CheckpointFault.Backwards
                : null;
            if (fault is { } found) return new(checkpoints, new(found, checkpoints.Count + 1));
            checkpoints.Add(read!.Checkpoint);
            before = read;
        }

        return new(checkpoints, null);
    }
}
