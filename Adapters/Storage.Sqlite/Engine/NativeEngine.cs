using System.Runtime.InteropServices;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Engine;

/// <summary>Which SQLite library runs: the operating system's, which its vendor keeps patched, or else the bundled one.</summary>
internal static class NativeEngine
{
    private const string SystemLibrary = "libsqlite3.so.0";

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
        return $"{(ofSystem != IntPtr.Zero ? "operating system's" : "bundled")} {raw.sqlite3_libversion().utf8_to_string()}";
    }
}
