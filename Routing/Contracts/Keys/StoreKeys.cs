namespace EHealthPlus.Routing.Contracts.Keys;

/// <summary>States of a data key. Stored as numbers: only appended.</summary>
public enum DataKeyState
{
    /// <summary>New content is encrypted with it.</summary>
    InUse = 1,

    /// <summary>Opens content of an earlier run of the hub; encrypts nothing new.</summary>
    Kept = 2,

    /// <summary>What it encrypted is being encrypted anew.</summary>
    Retired = 3,

    /// <summary>Nothing is encrypted with it any more, and it is gone.</summary>
    Destroyed = 4,
}

/// <summary>A key that wraps data keys. The key itself is a file outside the database.</summary>
/// <param name="Id">16 hexadecimal digits, made from the key: name of its file.</param>
/// <param name="RetiredAt">From then on it wraps nothing; null for the one in force.</param>
public sealed record WrappingKeyLine(string Id, DateTimeOffset MadeAt, DateTimeOffset? RetiredAt);

/// <param name="ProviderId">Whose deposits it encrypts; empty for those of no registered source.</param>
/// <param name="Epoch">1, 2, 3 and so on within the provider.</param>
public sealed record DataKeyLine(long Number, string ProviderId, int Epoch, DataKeyState State, DateTimeOffset MadeAt);

/// <summary>How far the content that is to be encrypted anew is.</summary>
/// <param name="FirstTime">The database was written by a program that did not encrypt.</param>
/// <param name="Done">Deposits, reviews, studies, series and instances looked at, of <paramref name="All"/>.</param>
/// <param name="Failed">Pieces of content that could not be opened: they stay as they are, and so do their keys.</param>
public sealed record ReencryptionProgress(DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, bool FirstTime, long Done, long All, long Failed);

/// <param name="DataKeys">Newest first; those that are destroyed only as <paramref name="Destroyed"/>, their number.</param>
/// <param name="Reencryption">The last one, running or finished; null where there was none.</param>
/// <param name="Damaged">Pieces of content that could not be opened since the start.</param>
public sealed record StoreKeysOverview(
    IReadOnlyList<WrappingKeyLine> WrappingKeys, IReadOnlyList<DataKeyLine> DataKeys, long Destroyed, ReencryptionProgress? Reencryption, long Damaged);
