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

    /// <summary>The value, or the fault as an exception where the port has no place for a rejection.</summary>
    /// <exception cref="IOException">Nothing was written; the call can be made again.</exception>
    public static T OrThrow<T>(this Result<T> result) =>
        result.Accepted ? result.Value : throw new IOException(result.Rejection.ToString());
}
