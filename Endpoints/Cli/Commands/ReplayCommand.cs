using System.CommandLine;
using System.Globalization;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp replay: processes refused or quarantined deposits again.</summary>
public static class ReplayCommand
{
    public static Command Create()
    {
        var deposits = new Argument<long[]>("DEPOSIT") { Description = "Numbers of refused or quarantined deposits", Arity = ArgumentArity.OneOrMore };
        var correction = new Option<FileInfo>("--with") { Description = "File with the corrected message, for one deposit: it is checked, kept beside the bytes as received, and processed in their place" }.AcceptExistingOnly();
        var command = new TaughtCommand("replay", "Process refused or quarantined deposits again, once their cause is mended: the citizen has enrolled, a map was corrected, or the message itself was (--with).", ["ehp replay 42 43", "ehp replay 42 --with corrected.hl7"]) { deposits, correction };
        command.Validators.Add(result =>
        {
            if (result.GetValue(correction) is not null && result.GetValue(deposits) is { Length: > 1 }) result.AddError("--with corrects one deposit");
        });
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, parsed.GetValue(correction) is null ? Role.Operator : Role.IntegrationEngineer, async (hub, report) =>
        {
            if (parsed.GetValue(correction) is { } file)
            {
                using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file.FullName, cancellation));
                var kept = await hub.SendAsync(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"/api/deposits/{parsed.GetValue(deposits)![0]}/repair"), content, cancellation);
                if (!kept.Good) return report.Fail(kept.ExitCode, $"The correction was not kept: {kept.Reason}");
            }

            var results = new List<object>();
            var exitCode = ExitCode.Done;
            foreach (var number in parsed.GetValue(deposits)!)
            {
                var answer = await hub.SendAsync(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"/api/deposits/{number}/replay"), null, "application/json", cancellation);
                if (answer.Status == 0) return report.Fail(answer.ExitCode, answer.Reason);
                if (!answer.Good) exitCode = Math.Max(exitCode, answer.ExitCode);
                results.Add(new { deposit = number, replayed = answer.Good, reason = answer.Good ? null : answer.Reason });
                report.Line(answer.Good ? $"{number}  taken up again: ehp show {number} says what came of it" : $"{number}  not replayed: {answer.Reason}");
            }

            report.Document(results);
            return exitCode;
        }));
        return command;
    }
}
