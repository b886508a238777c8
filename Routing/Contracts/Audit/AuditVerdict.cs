namespace EHealthPlus.Routing.Contracts.Audit;

/// <summary>A place of the chain that is vouched for from outside the store.</summary>
/// <param name="Number">Number of the newest entry at that time; 0 where there was none.</param>
/// <param name="Hash">Hash of that entry, 32 bytes.</param>
public sealed record AuditCheckpoint(long Number, ReadOnlyMemory<byte> Hash, DateTimeOffset At);

/// <summary>What is wrong with the audit trail.</summary>
public enum AuditFault
{
    /// <summary>The entry does not fit the one before it: it was altered, or the one before it was and its hash made anew.</summary>
    EntryAltered = 1,

    /// <summary>No entry has the number.</summary>
    EntryMissing = 2,

    /// <summary>The entry stands where the one after it belongs.</summary>
    EntryInserted = 3,

    /// <summary>The entries fit each other, but not the checkpoint: they were written anew from the number on.</summary>
    EntriesRewritten = 4,

    /// <summary>Entries from the number on are gone: a checkpoint knows of later ones.</summary>
    TailCut = 5,
}

/// <param name="Number">The first entry concerned.</param>
/// <param name="Until">The last entry concerned, as far as it is known.</param>
public sealed record AuditFinding(AuditFault Fault, long Number, long Until);

/// <summary>Answer of a verification of the whole trail.</summary>
/// <param name="Entries">Entries that were found to hold.</param>
/// <param name="Checkpoints">Checkpoints that they agree with.</param>
/// <param name="Finding">Null where all holds.</param>
public sealed record AuditVerdict(long Entries, int Checkpoints, AuditFinding? Finding);
