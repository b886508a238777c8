using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Engine;

/// <summary>Tells the engine's faults that pass by themselves, or by an operator's hand, from faults of the program.</summary>
internal static class SqliteFault
{
    /// <returns>StorageFull or StoreUnavailable; null for a fault of the program.</returns>
    public static Rejection? AsRejection(SqliteException fault) => fault.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new(RejectionCode.StorageFull, "The store has no room left"),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new(RejectionCode.StoreUnavailable, "The store is held by another program"),
        raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_NOMEM =>
            new(RejectionCode.StoreUnavailable, $"The store cannot be written (engine code {fault.SqliteExtendedErrorCode})"),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
            new(RejectionCode.StoreUnavailable, $"The store file is damaged (engine code {fault.SqliteExtendedErrorCode})"),
        _ => null,
    };

    /// <summary>The same for whoever starts the hub: which file, and what to do.</summary>
    /// <returns>Null for a fault of the program.</returns>
    public static Rejection? AtOpening(SqliteException fault, string path) => fault.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new(RejectionCode.StorageFull, $"The disk of {path} has no room left. Make room, then start again"),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            new(RejectionCode.StoreUnavailable, $"{path} is held by another program, such as a backup (fuser names it). End it, then start again"),
        raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM => new(
            RejectionCode.StoreUnavailable,
            $"{path} cannot be read and written (engine code {fault.SqliteExtendedErrorCode}). Look at the room on its disk, whether its file system is mounted for writing, and whether it belongs to the user {Environment.UserName}"),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
            new(RejectionCode.StoreUnavailable, $"{path} is damaged (engine code {fault.SqliteExtendedErrorCode}). Put the database back from its backup"),
        _ => null,
    };

    /// <summary>The value, or the fault as an exception where the port has no place for a rejection.</summary>
    /// <exception cref="IOException">Nothing was written; the call can be made again.</exception>
    public static T OrThrow<T>(this Result<T> result) =>
        result.Accepted ? result.Value : throw new IOException(result.Rejection.ToString());
}
