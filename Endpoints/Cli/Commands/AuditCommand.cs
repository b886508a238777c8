using System.CommandLine;
using EHealthPlus.Adapters.Storage.Sqlite.Audit;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Monitoring.Audit.Checkpoints;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp audit verify: computes the audit trail's chain again and compares it with the signed checkpoints.</summary>
public static class AuditCommand
{
    public static Command Create() => new TaughtCommand(
        "audit", "Verify the audit trail.", ["ehp audit verify", "ehp audit verify --data /var/lib/ehealthplus --checkpoints /mnt/vault/checkpoints --key /etc/ehealthplus/checkpoint-key.public.pem"])
    {
        Verify(),
    };

    private static Command Verify()
    {
        var key = new Option<string?>("--key") { Description = "The public key of the checkpoints, kept elsewhere; the one in their folder where it is not said" };
        var command = new Command("verify", "Name the first altered, missing or inserted entry, or the first checkpoint that does not hold. The hub may run meanwhile.") { CheckpointOption.Folder, key };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetValue(HubOptions.Data)!, CheckpointOption.Of(parsed), parsed.GetValue(key), new(parsed.GetValue(HubOptions.Json)), cancellation)));
        return command;
    }

    private static int Run(string data, CheckpointFolder folder, string? key, Report report, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(data, "hub.db"))) return report.Fail(ExitCode.Refused, $"There is no hub.db in {data}");
        CheckpointReading reading;
        AuditVerdict verdict;
        try
        {
            // First the checkpoints: a hub in use then has every entry that they vouch for.
            reading = folder.Read(key);
            verdict = AuditVerification.Run(data, reading.Checkpoints, cancellationToken);
        }
        catch (RejectedException fault)
        {
            return report.Fail(ExitCode.Refused, fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or System.Security.Cryptography.CryptographicException)
        {
            return report.Fail(ExitCode.Refused, $"The checkpoints cannot be read: {fault.Message}");
        }

        var faults = new[] { AuditText.Say(verdict.Finding), AuditText.Say(reading.Finding) }.OfType<string>().ToList();
        report.Document(new { verdict.Entries, verdict.Checkpoints, entry = verdict.Finding, checkpoint = reading.Finding, faults });
        if (!report.Json) Print(verdict, reading, faults, report);
        return faults.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    private static void Print(AuditVerdict verdict, CheckpointReading reading, List<string> faults, Report report)
    {
        report.Line($"{verdict.Entries:N0} entries and {verdict.Checkpoints:N0} checkpoints agree.");
        foreach (var fault in faults) report.Fail(ExitCode.Refused, fault);
        if (faults.Count > 0) return;
        report.Line(reading.Checkpoints is [.., var last]
            ? $"The audit trail holds. Vouched for until {last.At:yyyy-MM-dd HH:mm:ss} UTC: entry {last.Number:N0}."
            : "The audit trail holds in itself; there are no checkpoints that would show a cut tail or a chain written anew.");
    }
}
