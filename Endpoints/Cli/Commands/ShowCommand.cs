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
        var state = new Option<string?>("--state") { Description = "List only received, awaitingRetry, delivered, refused or quarantined" };
        var count = new Option<int>("--count") { Description = "How many to list", DefaultValueFactory = _ => 20 };
        var command = new TaughtCommand("show", "List the latest deposits of a running hub, or show one with its timeline and answer.", ["ehp show", "ehp show --state refused", "ehp show 42 --json"]) { deposit, source, state, count };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = new Report(parsed.GetValue(HubOptions.Json));
            var (hub, fault) = HubConnection.Open(HubOptions.Address(parsed), Role.IntegrationEngineer);
            if (hub is null) return report.Fail(ExitCode.Usage, fault!);
            using (hub)
            {
                return parsed.GetValue(deposit) is { } number
                    ? await ShowAsync(hub, report, number, cancellation)
                    : await ListAsync(hub, report, parsed.GetValue(source), parsed.GetValue(state), parsed.GetValue(count), cancellation);
            }
        });
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
        var table = new Table().Border(TableBorder.Simple).AddColumns("Deposit", "Received", "Source", "Type", "Control id", "State", "Reason");
        foreach (var row in rows)
        {
            table.AddRow(Cell(row, "id"), Cell(row, "receivedAt"), Cell(row, "source"), Cell(row, "messageType"), Cell(row, "controlId"), Cell(row, "state"), $"{Cell(row, "rejection")} {Cell(row, "reason")}".Trim());
        }

        report.Screen.Write(table);
        return ExitCode.Done;
    }

    private static async Task<int> ShowAsync(HubConnection hub, Report report, long number, CancellationToken cancellation)
    {
        var answer = await hub.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/api/deposits/{number}"), cancellation);
        if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
        report.Document(answer.Body!);
        if (!report.Json) report.Screen.Write(new Spectre.Console.Text(answer.Body!.ToJsonString(Readable) + Environment.NewLine));
        return ExitCode.Done;
    }

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static string Cell(JsonNode? row, string name) => Markup.Escape(row?[name]?.ToString() ?? "");
}
