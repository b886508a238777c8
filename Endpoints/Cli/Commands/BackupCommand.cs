using System.CommandLine;
using EHealthPlus.Adapters.Storage.Sqlite.Audit;
using EHealthPlus.Adapters.Storage.Sqlite.Backups;
using EHealthPlus.Endpoints.Cli.Backups;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Monitoring.Audit.Checkpoints;
using EHealthPlus.Routing.Contracts.Files;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp backup: copies of a store that may be in use, and back.</summary>
public static class BackupCommand
{
    private static readonly Argument<string> Folder = new("folder") { Description = "Folder of the backups, on another disk than the data directory" };

    private static readonly Option<string?> At = new("--at") { Description = "Name of a backup, as ehp backup list shows it; the newest where it is not said" };

    public static Command Create() => new TaughtCommand(
        "backup",
        "Back up the store, verify it, and put it back. Works on the files: run it where the hub runs, as its user.",
        ["ehp backup make /mnt/backup", "ehp backup list /mnt/backup", "ehp backup verify /mnt/backup", "ehp backup restore /mnt/backup --data /var/lib/ehealthplus --replace"])
    {
        Make(), List(), Verify(), Restore(),
    };

    private static Command Make()
    {
        var command = new Command("make", "Copy the database as it is now, and the images that the folder does not have yet. The hub goes on.") { Folder, CheckpointOption.Folder };
        command.SetAction((parsed, cancellation) => AtFiles(parsed, report =>
        {
            var made = BackupText.Following(report, "Copying images", progress => BackupWriting.Run(
                parsed.GetValue(HubOptions.Data)!, new(parsed.GetValue(Folder)!), TimeProvider.System.GetUtcNow(), CheckpointOption.Of(parsed).CopyTo, progress, cancellation));
            report.Document(made);
            foreach (var line in BackupText.Lines(made)) report.Line(line);
            return BackupText.Say(report, made.Faults, "The store is damaged: the backup has everything but these");
        }));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "The whole backups of a folder, the oldest first.") { Folder };
        command.SetAction((parsed, _) => AtFiles(parsed, report =>
        {
            var backups = new BackupFolder(parsed.GetValue(Folder)!).List();
            report.Document(backups.Select(backup => new { backup.Name, backup.Manifest }));
            if (backups.Count == 0) return report.Fail(ExitCode.Refused, $"There is no backup in {parsed.GetValue(Folder)}");
            report.Screen.Write(BackupText.Table(backups));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Verify()
    {
        var keys = new Option<string?>("--keys") { Description = "Folder of the wrapping keys; Hub__StoreKeys, or keys in the data directory" };
        var command = new Command("verify", "Read all of a backup again: the database, each image, the audit trail, and whether the key is at hand.") { Folder, At, keys };
        command.SetAction((parsed, cancellation) => AtBackup(parsed, (folder, name, manifest, report) =>
        {
            var keyFolder = parsed.GetValue(keys) ?? Environment.GetEnvironmentVariable("Hub__StoreKeys") ?? Path.Combine(parsed.GetValue(HubOptions.Data)!, "keys");
            List<string> faults = [.. BackupText.Following(report, "Reading images", progress => BackupVerification.Run(folder, name, manifest, keyFolder, progress, cancellation))];
            if (faults.Count == 0) faults.AddRange(TrailFaults(folder.At(name), cancellation));
            report.Document(new { name, faults });
            if (faults.Count == 0) report.Line($"Backup {name} is whole: {manifest.DatabaseBytes:N0} bytes of database, {manifest.Objects:N0} images, {manifest.AuditEntries:N0} entries of the audit trail.");
            return BackupText.Say(report, faults, $"Backup {name} is not to be relied on");
        }));
        return command;
    }

    private static Command Restore()
    {
        var replace = new Option<bool>("--replace") { Description = "Set a database that is there aside, in a folder beside it" };
        var command = new Command("restore", "Put a backup into the data directory. The hub must not run; verify the backup before.") { Folder, At, replace };
        command.SetAction((parsed, cancellation) => AtBackup(parsed, (folder, name, manifest, report) =>
        {
            var data = parsed.GetValue(HubOptions.Data)!;
            var restored = BackupText.Following(report, "Putting images back", progress => BackupRestoring.Run(folder, name, manifest, data, parsed.GetValue(replace), progress, cancellation));
            report.Document(new { name, data, restored.Aside, manifest.TakenAt, manifest.WrappingKey, manifest.Sources, restored.Faults });
            foreach (var line in BackupText.AfterRestore(name, data, manifest, restored.Aside)) report.Line(line);
            return BackupText.Say(report, restored.Faults, "The backup is damaged: everything is back but these");
        }));
        return command;
    }

    private static IEnumerable<string> TrailFaults(string backup, CancellationToken cancellation)
    {
        var checkpoints = new CheckpointFolder(backup).Read();
        var verdict = AuditVerification.Run(backup, checkpoints.Checkpoints, cancellation);
        return new[] { AuditText.Say(verdict.Finding), AuditText.Say(checkpoints.Finding) }.OfType<string>();
    }

    private static Task<int> AtBackup(ParseResult parsed, Func<BackupFolder, string, BackupManifest, Report, int> act) => AtFiles(parsed, report =>
    {
        var folder = new BackupFolder(parsed.GetValue(Folder)!);
        var name = parsed.GetValue(At) ?? folder.List() switch { [.., var newest] => newest.Name, _ => null };
        return name is not null && folder.Read(name) is { } manifest
            ? act(folder, name, manifest, report)
            : report.Fail(ExitCode.Refused, $"There is no {(name is null ? "backup" : $"whole backup {name}")} in {folder.Path}");
    });

    private static Task<int> AtFiles(ParseResult parsed, Func<Report, int> act)
    {
        var report = new Report(parsed.GetValue(HubOptions.Json));
        OwnerOnly.FromNowOn();
        try
        {
            return Task.FromResult(act(report));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult(report.Fail(ExitCode.Refused, fault.Message));
        }
    }
}
