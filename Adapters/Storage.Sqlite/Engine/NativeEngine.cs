using System.Runtime.InteropServices;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Engine;

/// <summary>Which SQLite library runs: the operating system's, which its vendor keeps patched, or else the bundled one.</summary>
internal static class NativeEngine
{
    private const string SystemLibrary = "libsqlite3.so.0";

    // SQLITE_CONFIG_MULTITHREAD and SQLITE_CONFIG_MEMSTATUS of sqlite3.h.
    private const int MultiThread = 2;
    private const int MemoryStatus = 9;

    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Loads the engine once for the process.</summary>
    /// <returns>Origin and version, such as "operating system's 3.40.1".</returns>
    public static string Use() => Loaded.Value;

    private static string Load()
    {
        var ofSystem = OperatingSystem.IsLinux() && NativeLibrary.TryLoad(SystemLibrary, out var system) ? system : IntPtr.Zero;
        if (ofSystem != IntPtr.Zero)
            NativeLibrary.SetDllImportResolver(
                typeof(SQLite3Provider_e_sqlite3).Assembly,
                (name, _, _) => string.Equals(name, "e_sqlite3", StringComparison.Ordinal) ? ofSystem : IntPtr.Zero);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        // Each connection is one thread's at a time (the writer's, the checkpointer's, a reader's while it is out of the pool): a lock at each call
        // and a count at each allocation cost 2 % of the flow. Says no where something opened a database before; then it works with locks.
        raw.sqlite3_config(MultiThread);
        raw.sqlite3_config(MemoryStatus, 0);
        return $"{(ofSystem != IntPtr.Zero ? "operating system's" : "bundled")} {raw.sqlite3_libversion().utf8_to_string()}";
    }
}
