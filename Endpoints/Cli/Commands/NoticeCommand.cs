using System.CommandLine;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp notice: how a citizen is told that a provider looked at the record, and which notices there were.</summary>
public static class NoticeCommand
{
    private static readonly Option<string?> Person = new("--person") { Description = "Id of the citizen's Patient, for a registrar; without it the citizen's own", Recursive = true };

    public static Command Create() => new TaughtCommand(
        "notice", "Choose how a citizen is told of accesses, or list the notices.",
        ["ehp notice choose sms --mobile +85291234567 --language zh", "ehp notice choose email --email citizen@example.org --person 0123456789abcdef0123456789abcdef", "ehp notice show"])
    {
        Person, Show(), Choose(),
    };

    private static Command Show()
    {
        var command = new Command("show", "The choice and the notices, newest first.");
        command.SetAction((parsed, cancellation) => AskAsync(parsed, async (hub, report, query) =>
        {
            var choice = await hub.GetAsync($"/notices/choice{query}", cancellation);
            if (!choice.Good) return report.Fail(choice.ExitCode, choice.Reason);
            var notices = await hub.GetAsync($"/notices{query}", cancellation);
            if (!notices.Good) return report.Fail(notices.ExitCode, notices.Reason);
            report.Line($"Notices by {choice.Body!["channel"]}");
            foreach (var notice in notices.Body!.AsArray()) report.Line($"{notice!["accessedAt"]}  {notice["providerId"]}  {notice["channel"]?.ToString() ?? "not sent yet"}  {notice["sentAt"]}");
            report.Document(new { choice = choice.Body, notices = notices.Body });
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Choose()
    {
        var channel = new Argument<string>("CHANNEL") { Description = "sms, email or letter" };
        var mobile = new Option<string?>("--mobile") { Description = "As +85291234567" };
        var email = new Option<string?>("--email");
        var address = new Option<string?>("--postal-address");
        var language = new Option<string?>("--language") { Description = "en or zh" };
        var command = new Command("choose", "The channel that is tried first; the others for which an address is given come after it, a letter last.") { channel, mobile, email, address, language };
        command.SetAction((parsed, cancellation) => AskAsync(parsed, async (hub, report, query) =>
        {
            var body = new JsonObject
            {
                ["channel"] = parsed.GetValue(channel), ["mobile"] = parsed.GetValue(mobile), ["email"] = parsed.GetValue(email),
                ["postalAddress"] = parsed.GetValue(address), ["language"] = parsed.GetValue(language),
            };
            var answer = await hub.SendAsync(HttpMethod.Put, $"/notices/choice{query}", body, "application/json", cancellation);
            if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
            report.Line($"Notices by {answer.Body!["channel"]}");
            report.Document(answer.Body);
            return ExitCode.Done;
        }));
        return command;
    }

    private static Task<int> AskAsync(ParseResult parsed, Func<HubConnection, Report, string, Task<int>> ask)
    {
        var person = parsed.GetValue(Person);
        return AtHub.RunAsync(parsed, person is null ? Role.Citizen : Role.Registrar, (hub, report) => ask(hub, report, person is null ? "" : $"?person={Uri.EscapeDataString(person)}"));
    }
}
