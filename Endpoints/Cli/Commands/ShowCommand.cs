using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp show: the deposits of a running hub, or one of them.</summary>
public static class ShowCommand
{
    public static Command Create()
    {
        var deposit = new Argument<long?>("DEPOSIT") { Description = "Number of a deposit; leave it out to list the latest", Arity = ArgumentArity.ZeroOrOne };
        var source = new Option<string?>("--source") { Description = "List only this source's" };
        var state = new Option<string?>("--state") { Description = "List only those in this state" };
        state.AcceptOnlyFromAmong("received", "awaiting-retry", "delivered", "refused", "quarantined");
        var count = new Option<int>("--count") { Description = "How many to list", DefaultValueFactory = _ => 20 };
        var command = new TaughtCommand("show", "List the latest deposits of a running hub, or show one with its timeline, message and answer; its tree, FHIR and ledger too with --json.", ["ehp show", "ehp show --state refused", "ehp show 42 --json"]) { deposit, source, state, count };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.IntegrationEngineer, (hub, report) => parsed.GetValue(deposit) is { } number
            ? ShowAsync(hub, report, number, cancellation)
            : ListAsync(hub, report, parsed.GetValue(source), parsed.GetValue(state), parsed.GetValue(count), cancellation)));
        return command;
    }

    private static async Task<int> ListAsync(HubConnection hub, Report report, string? source, string? state, int count, CancellationToken cancellation)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"/api/deposits?count={count}");
        if (source is not null) query += $"&source={Uri.EscapeDataString(source)}";
        if (state is not null) query += $"&state={Uri.EscapeDataString(state)}";
        var answer = await hub.GetAsync(query, cancellation);
        if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);

        report.Document(answer.Body!);
        var rows = answer.Body?["deposits"] as JsonArray ?? [];
        var table = new Table().Border(TableBorder.Simple).AddColumns(Cells.Whole("Deposit", "Received", "Source", "Type", "Control id", "State")).AddColumn("Reason");
        foreach (var row in rows)
        {
            table.AddRow(Cells.Text(row, "id"), Cells.Time(row, "receivedAt"), Cells.Text(row, "source"), Cells.Text(row, "messageType"), Cells.Text(row, "controlId"), Cells.Text(row, "state"), $"{Cells.Text(row, "rejection")} {Cells.Text(row, "reason")}".Trim());
        }

        report.Screen.Write(table);
        return ExitCode.Done;
    }

    private static async Task<int> ShowAsync(HubConnection hub, Report report, long number, CancellationToken cancellation)
    {
        var answer = await hub.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/api/deposits/{number}"), cancellation);
        if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
        report.Document(answer.Body!);
        foreach (var line in DepositText.Lines(answer.Body!)) report.Line(line);
        return ExitCode.Done;
    }
}
