using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Messages;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp terminology: the local maps of each source, and the codes that are still to be mapped.</summary>
public static class TerminologyCommand
{
    public static Command Create() => new("terminology", "Local-to-standard code maps (CSV): check, list, load, and the codes that no map knows yet.")
    {
        CreateCheck(), CreateList(), CreateLoad(), CreateUnmapped(),
    };

    private static TaughtCommand CreateCheck()
    {
        var path = new Argument<string>("FILE-OR-FOLDER") { Description = "A map file, or the folder that would be the hub's Hub__Terminology" };
        var command = new TaughtCommand("check", "Check map files without a hub: every error at once, with file, line, column and reason.", ["ehp terminology check my-lab.csv", "ehp terminology check maps/ --json"]) { path };
        command.SetAction(parsed =>
        {
            var report = new Report(parsed.GetValue(HubOptions.Json));
            try
            {
                var (maps, errors) = TerminologyFiles.Read(parsed.GetValue(path)!);
                foreach (var error in errors) report.Line(error.ToString());
                if (maps is not null) report.Line(string.Create(CultureInfo.InvariantCulture, $"Good: {maps.Rows.Count} rows of {maps.Rows.Select(row => row.Source).Distinct(StringComparer.Ordinal).Count()} sources"));
                report.Document(new { rows = maps?.Rows.Count ?? 0, faults = errors });
                return maps is null ? ExitCode.Refused : ExitCode.Done;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return report.Fail(ExitCode.Usage, fault.Message);
            }
        });
        return command;
    }

    private static TaughtCommand CreateList()
    {
        var command = new TaughtCommand("list", "List the map files of a running hub: what is in force, and what is wrong.", ["ehp terminology list"]);
        command.SetAction((parsed, cancellation) => AskAsync(parsed, Role.IntegrationEngineer, hub => hub.GetAsync("/api/terminology", cancellation), (report, answer) =>
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns(Cells.Whole("File", "Rows", "Read")).AddColumn("What is wrong");
            foreach (var file in answer["files"]!.AsArray())
            {
                table.AddRow(Cells.Text(file, "name"), Cells.Text(file, "rows"), Cells.Time(file, "loadedAt"), string.Join('\n', file!["faults"]!.AsArray().Select(fault => $"{Cells.Text(fault, "line")} {Cells.Text(fault, "column")} {Cells.Text(fault, "reason")}")));
            }

            report.Screen.Write(table);
        }));
        return command;
    }

    private static TaughtCommand CreateLoad()
    {
        var file = new Argument<string>("FILE") { Description = "A map file; one of the same name is replaced" };
        var dry = new Option<bool>("--dry-run") { Description = "Say what it would change, and change nothing" };
        var command = new TaughtCommand("load", "Bring a map file into force in a running hub, without a restart.", ["ehp terminology load my-lab.csv --dry-run", "ehp terminology load my-lab.csv"]) { file, dry };
        command.SetAction(async (parsed, cancellation) =>
        {
            byte[] content;
            var path = parsed.GetValue(file)!;
            try
            {
                content = await File.ReadAllBytesAsync(path, cancellation);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return new Report(parsed.GetValue(HubOptions.Json)).Fail(ExitCode.Usage, fault.Message);
            }

            var target = $"/api/terminology/{(parsed.GetValue(dry) ? "check" : "load")}?file={Uri.EscapeDataString(Path.GetFileName(path))}";
            return await AskAsync(parsed, Role.IntegrationEngineer, hub => hub.SendAsync(HttpMethod.Post, target, new ByteArrayContent(content) { Headers = { ContentType = new("text/csv") } }, cancellation), (report, answer) =>
            {
                report.Line($"{answer["file"]}: {answer["rows"]} rows, {answer["added"]} new, {answer["removed"]} no longer there");
                foreach (var code in answer["resolved"]!.AsArray()) report.Line($"  maps {code!["source"]} {code["field"]} {code["code"]}, seen {code["count"]} times");
            });
        });
        return command;
    }

    private static TaughtCommand CreateUnmapped()
    {
        var source = new Option<string?>("--source") { Description = "Only this source's" };
        var output = new Option<string?>("--out") { Description = "Write a CSV file in the form of a local map, to be filled in and loaded" };
        var count = new Option<int>("--count") { Description = "How many to list", DefaultValueFactory = _ => 50 };
        var command = new TaughtCommand("unmapped", "List the codes that no map knew, most frequent first.", ["ehp terminology unmapped --source my-lab", "ehp terminology unmapped --source my-lab --out my-lab.csv"]) { source, output, count };
        command.SetAction((parsed, cancellation) =>
        {
            var query = parsed.GetValue(source) is { } id ? $"source={Uri.EscapeDataString(id)}&" : "";
            if (parsed.GetValue(output) is not { } path)
            {
                return AskAsync(parsed, Role.IntegrationEngineer, hub => hub.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/api/terminology/unmapped?{query}count={parsed.GetValue(count)}"), cancellation), Print);
            }

            return AskAsync(
                parsed, Role.IntegrationEngineer,
                async hub =>
                {
                    var answer = await hub.GetAsync($"/api/terminology/unmapped?{query}format=csv", cancellation);
                    if (!answer.Good) return answer;
                    await File.WriteAllTextAsync(path, answer.Text, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true), cancellation);
                    return answer with { Body = new JsonObject { ["file"] = path } };
                },
                (report, answer) => report.Line($"Written to {answer["file"]}: fill in target_system and target_code, then ehp terminology load"));
        });
        return command;
    }

    private static void Print(Report report, JsonNode answer)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Source", "Field", "Table", "Code", "System", "Times").AddColumns(Cells.Whole("Last seen")).AddColumn("Example");
        foreach (var code in answer["codes"]!.AsArray())
        {
            table.AddRow(Cells.Text(code, "source"), Cells.Text(code, "field"), Cells.Text(code, "table"), Cells.Text(code, "code"), Cells.Text(code, "system"), Cells.Text(code, "count"), Cells.Time(code, "lastSeen"), Cells.Text(code, "example"));
        }

        report.Screen.Write(table);
    }

    private static Task<int> AskAsync(ParseResult parsed, Role role, Func<HubConnection, Task<HubAnswer>> ask, Action<Report, JsonNode> print) => AtHub.RunAsync(parsed, role, async (hub, report) =>
    {
        var answer = await ask(hub);
        foreach (var wrong in answer.Good ? [] : answer.Body?["faults"] as JsonArray ?? []) report.Line($"{wrong!["file"]} line {wrong["line"]} {wrong["column"]}: {wrong["reason"]}");
        if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
        print(report, answer.Body!);
        report.Document(answer.Body!);
        return ExitCode.Done;
    });
}
