using System.Globalization;
using EHealthPlus.Adapters.Storage.Sqlite.Backups;
using EHealthPlus.Endpoints.Cli.Output;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Backups;

/// <summary>What is said of backups.</summary>
internal static class BackupText
{
    /// <summary>Runs something with a progress bar over the images.</summary>
    public static T Following<T>(Report report, string what, Func<IProgress<BackupProgress>, T> run) => report.Progress().Start(screen =>
    {
        var bar = screen.AddTask(what, autoStart: true, maxValue: 1);
        return run(new Bar(bar));
    });

    public static IEnumerable<string> Lines(BackupReport made)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Backup {made.Name}: {made.Manifest.DatabaseBytes:N0} bytes of database, {made.Manifest.Objects:N0} images ({made.NewObjects:N0} of them new, {made.NewObjectBytes:N0} bytes).");
        if (made.Manifest.WrappingKey is { } key) yield return $"Nothing of it can be read without wrapping-{key}.key, which is not in it: keep a copy elsewhere (docs/security-keys.md).";
    }

    public static Table Table(IReadOnlyList<(string Name, BackupManifest Manifest)> backups)
    {
        var table = new Table().AddColumns(Cells.Whole("Backup", "Database", "Images", "Bytes of images", "Audit entries", "Schema", "Wrapping key"));
        foreach (var (name, manifest) in backups)
        {
            table.AddRow(
                name, Number(manifest.DatabaseBytes), Number(manifest.Objects), Number(manifest.ObjectBytes), Number(manifest.AuditEntries), Number(manifest.Schema), manifest.WrappingKey ?? "none");
        }

        return table;
    }

    /// <summary>What is left to do by hand once a backup is back.</summary>
    public static IEnumerable<string> AfterRestore(string name, string data, BackupManifest manifest, string? aside)
    {
        yield return $"Backup {name} is in {data}.{(aside is null ? "" : $" The former database is in {aside}.")}";
        yield return "Before readers come in again:";
        if (manifest.WrappingKey is { } key) yield return $"  put wrapping-{key}.key where the hub looks for it (keys in the data directory, or Hub__StoreKeys)";
        yield return $"  enter again what was withdrawn or revoked after {Time(manifest.TakenAt)}: consents, certificates, accounts, tokens";
        yield return "  let each source send again what it sent after its newest message here (what is there already gets its first answer again):";
        foreach (var source in manifest.Sources) yield return $"    {source.Id}: {Newest(source)}";
        yield return "  tell your auditor: checkpoints made after the backup vouch for entries that are gone, and ehp audit verify says so";
    }

    /// <returns>Refused where there is a fault.</returns>
    public static int Say(Report report, IReadOnlyList<string> faults, string what)
    {
        if (faults.Count == 0) return ExitCode.Done;
        if (!report.Json) report.Fail(ExitCode.Refused, $"{what}:\n{string.Join('\n', faults.Select(fault => $"  {fault}"))}");
        return ExitCode.Refused;
    }

    private static string Newest(BackedUpSource source) => (source.LastMessageAt, source.LastImageAt) switch
    {
        (null, null) => "nothing came from it",
        ({ } message, null) => $"{Time(message)}, MSH-10 {source.LastControlId}",
        (null, { } image) => $"images until {Time(image)}",
        ({ } message, { } image) => $"{Time(message)}, MSH-10 {source.LastControlId}; images until {Time(image)}",
    };

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Tells the bar at once, in the thread that copies.</summary>
    private sealed class Bar(ProgressTask task) : IProgress<BackupProgress>
    {
        public void Report(BackupProgress value) => task.MaxValue(Math.Max(1, value.All)).Value(value.Done);
    }
}
