using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp case: what the watching rules raised, for auditors.</summary>
public static class CaseCommand
{
    private static readonly Argument<long> Number = new("NUMBER");
    private static readonly Option<string> Reason = new("--reason") { Description = "Why, without patient data", Required = true };

    public static Command Create() => new TaughtCommand(
        "case", "Cases of the watching: list, show, assign, close.", ["ehp case list", "ehp case show 3", "ehp case close 3 --reason 'home visit, seen in the diary'"])
    {
        List(), Show(), Assign(), Close(),
    };

    private static Command List()
    {
        var state = new Option<string?>("--state") { Description = "open, assigned or closed; all that are not closed where it is not said" };
        var command = new Command("list", "List cases, newest first.") { state };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Auditor, async (hub, report) =>
        {
            var asked = parsed.GetValue(state);
            var answer = await hub.GetAsync(asked is null ? "/api/cases" : $"/api/cases?state={Uri.EscapeDataString(asked)}", cancellation);
            if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
            var table = new Table().AddColumns(Cells.Whole("Case", "Last", "Suspect", "Provider")).AddColumn("Rule").AddColumns("Entries", "State", "With");
            foreach (var row in answer.Body!.AsArray())
            {
                var its = row!["case"]!;
                table.AddRow(
                    Cells.Text(its, "number"), Cells.Time(its, "until"), Cells.Text(its, "suspect"), Cells.Text(its, "providerId"), Markup.Escape(row["rule"]?["english"]?.ToString() ?? its["rule"]?.ToString() ?? ""),
                    Cells.Text(its, "entries"), Cells.Text(its, "state"), Cells.Text(its, "assignedTo"));
            }

            report.Screen.Write(table);
            report.Document(answer.Body);
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Show()
    {
        var command = new Command("show", "One case: its evidence, as numbers of audit entries, and what was done.") { Number };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Auditor, async (hub, report) =>
        {
            var answer = await hub.GetAsync($"/api/cases/{Text(parsed)}", cancellation);
            if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
            var its = answer.Body!["case"]!;
            report.Line($"Case {its["number"]}, {its["state"]}: {answer.Body["rule"]?["english"]?.ToString() ?? $"rule {its["rule"]}"}");
            report.Line($"{its["kind"]} {its["suspect"]}, {its["from"]} to {its["until"]}, {its["entries"]} audit entries: {string.Join(' ', answer.Body["evidence"]!.AsArray().Select(number => number!.ToString()))}");
            foreach (var act in answer.Body["acts"]!.AsArray()) report.Line($"{act!["at"]}  {act["actor"]}  {act["state"]} {act["assignedTo"]}: {act["reason"]}");
            report.Document(answer.Body);
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Assign()
    {
        var to = new Option<string?>("--to") { Description = "An auditor's account; yourself where it is not said" };
        var command = new Command("assign", "Say who looks into a case.") { Number, to, Reason };
        command.SetAction((parsed, cancellation) => ActAsync(parsed, "assign", parsed.GetValue(to), cancellation));
        return command;
    }

    private static Command Close()
    {
        var command = new Command("close", "Close a case, with what was found.") { Number, Reason };
        command.SetAction((parsed, cancellation) => ActAsync(parsed, "close", null, cancellation));
        return command;
    }

    private static Task<int> ActAsync(ParseResult parsed, string act, string? to, CancellationToken cancellation) => AtHub.RunAsync(parsed, Role.Auditor, async (hub, report) =>
    {
        var body = new JsonObject { ["to"] = to, ["reason"] = parsed.GetValue(Reason) };
        var answer = await hub.SendAsync(HttpMethod.Post, $"/api/cases/{Text(parsed)}/{act}", body, "application/json", cancellation);
        return AtHub.Say(report, answer, $"Case {Text(parsed)}: {answer.Body?["case"]?["state"]}");
    });

    private static string Text(ParseResult parsed) => parsed.GetValue(Number).ToString(CultureInfo.InvariantCulture);
}
