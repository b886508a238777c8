namespace EHealthPlus.Monitoring.Audit.Checkpoints;

/// <summary>The newest entry that any checkpoint of the folder vouches for.</summary>
/// <param name="Hash">Lower-case hexadecimal digits.</param>
/// <param name="Cut">The first time that a checkpoint knew less than one before it, or something else; null where none did.</param>
internal sealed record VouchedReach(long Number, string Hash, TrailCut? Cut);

/// <summary>A trail that was cut, or put back to an earlier state.</summary>
/// <param name="End">Its last entry then.</param>
/// <param name="Vouched">The newest entry that had been vouched for.</param>
internal sealed record TrailCut(long End, long Vouched);
