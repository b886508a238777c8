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
        var command = new TaughtCommand("replay", "Process refused or quarantined deposits again, once their cause is mended: the citizen has enrolled, a map was corrected.", ["ehp replay 42 43"]) { deposits };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Operator, async (hub, report) =>
        {
            var results = new List<object>();
            var exitCode = ExitCode.Done;
            foreach (var number in parsed.GetValue(deposits)!)
            {
                var answer = await hub.SendAsync(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"/api/deposits/{number}/replay"), null, "application/json", cancellation);
                if (answer.Status == 0) return report.Fail(answer.ExitCode, answer.Reason);
                if (!answer.Good) exitCode = Math.Max(exitCode, answer.ExitCode);
                results.Add(new { deposit = number, replayed = answer.Good, reason = answer.Good ? null : answer.Reason });
                report.Line(answer.Good ? $"{number}  taken up again" : $"{number}  not replayed: {answer.Reason}");
            }

            report.Document(results);
            return exitCode;
        }));
        return command;
    }
}
