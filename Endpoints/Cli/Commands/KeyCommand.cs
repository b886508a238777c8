using System.CommandLine;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp key: the keys of the encryption at rest.</summary>
public static class KeyCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public static Command Create() => new TaughtCommand(
        "key", "The keys that messages and resources are encrypted with on disk.", ["ehp key list", "ehp key rotate --wait", "ehp key rotate --provider demo-clinic"])
    {
        List(), Rotate(),
    };

    private static Command List()
    {
        var command = new Command("list", "The keys, and how far encrypting anew is. Shows no key, only what is known of it.");
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Operator, async (hub, report) =>
        {
            var answer = await hub.GetAsync("/api/keys", cancellation);
            if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
            Print(answer.Body!, report);
            report.Document(answer.Body!);
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Rotate()
    {
        var provider = new Option<string?>("--provider") { Description = "Only the data keys of one provider" };
        var wrapping = new Option<bool>("--wrapping-key") { Description = "Only the wrapping key: data keys are wrapped anew, content stays as it is" };
        var wait = new Option<bool>("--wait") { Description = "Wait until all content is encrypted anew" };
        var command = new Command("rotate", "New keys from now on; content under the old ones is encrypted anew in the background, then they are destroyed. The hub goes on.") { provider, wrapping, wait };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Administrator, async (hub, report) =>
        {
            var answer = await hub.SendAsync(
                HttpMethod.Post, "/api/keys/rotate", new JsonObject { ["providerId"] = parsed.GetValue(provider), ["wrappingKeyOnly"] = parsed.GetValue(wrapping) }, "application/json", cancellation);
            while (answer.Good && parsed.GetValue(wait) && IsRunning(answer.Body!))
            {
                await Task.Delay(Look, cancellation);
                answer = await hub.GetAsync("/api/keys", cancellation);
                if (answer.Good) report.Line(Progress(answer.Body!) ?? "");
            }

            return AtHub.Say(report, answer, "The keys are rotated. Back up the key folder, apart from the database.");
        }));
        return command;
    }

    private static bool IsRunning(JsonNode keys) => keys["reencryption"] is { } pass && pass["finishedAt"] is null;

    private static string? Progress(JsonNode keys) => keys["reencryption"] is { } pass
        ? $"{pass["done"]} of {pass["all"]} rows encrypted anew{(IsRunning(keys) ? "" : ", finished")}{(pass["failed"]!.GetValue<long>() is var failed and > 0 ? $"; {failed} pieces could not be opened" : "")}"
        : null;

    private static void Print(JsonNode keys, Report report)
    {
        var wrapping = new Table().AddColumns(Cells.Whole("Wrapping key", "Made", "Retired"));
        foreach (var key in keys["wrappingKeys"]!.AsArray()) wrapping.AddRow(Cells.Text(key, "id"), Cells.Time(key, "madeAt"), Cells.Time(key, "retiredAt"));
        var data = new Table().AddColumns(Cells.Whole("Data key", "Provider", "Epoch", "State", "Made"));
        foreach (var key in keys["dataKeys"]!.AsArray()) data.AddRow(Cells.Text(key, "number"), Cells.Text(key, "providerId"), Cells.Text(key, "epoch"), Cells.Text(key, "state"), Cells.Time(key, "madeAt"));
        report.Screen.Write(wrapping);
        report.Screen.Write(data);
        report.Line($"{keys["destroyed"]} data keys destroyed.");
        if (Progress(keys) is { } progress) report.Line(progress);
    }
}
