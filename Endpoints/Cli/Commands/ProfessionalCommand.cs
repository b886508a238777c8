using System.CommandLine;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp professional: who works where, from when until when.</summary>
public static class ProfessionalCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "Short name for the professional: lower-case letters, digits, hyphens" };
    private static readonly Option<string> Provider = new("--provider") { Description = "Id of the provider", Required = true };

    public static Command Create() => new("professional", "Professionals and their affiliations: register, join, leave, list.") { Register(), Join(), Leave(), List() };

    private static TaughtCommand Register()
    {
        var name = new Option<string>("--name") { Description = "Name in Latin letters", Required = true };
        var chinese = new Option<string?>("--name-chinese") { Description = "Name in Chinese" };
        var profession = new Option<string>("--profession") { Description = "medical-practitioner, dentist, nurse, pharmacist, radiographer, ...", Required = true };
        var number = new Option<string?>("--registration") { Description = "Registration number of the board or council" };
        var inactive = new Option<bool>("--not-in-force") { Description = "The registration is not in force: access ends at every provider" };
        var command = new TaughtCommand(
            "register", "Register a professional, or say anew what is known of one.", ["ehp professional register dr-test --name 'TEST Doctor' --profession medical-practitioner --registration M00001"]) { Id, name, chinese, profession, number, inactive };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Administrator, async (hub, report) => AtHub.Say(
            report, await hub.SendAsync(HttpMethod.Post, "/api/professionals", new JsonObject
            {
                ["id"] = parsed.GetValue(Id), ["name"] = parsed.GetValue(name), ["nameChinese"] = parsed.GetValue(chinese) ?? "", ["profession"] = parsed.GetValue(profession),
                ["registrationNumber"] = parsed.GetValue(number) ?? "", ["active"] = !parsed.GetValue(inactive),
            }, "application/json", cancellation),
            $"{parsed.GetValue(Id)} is registered")));
        return command;
    }

    private static TaughtCommand Join()
    {
        var from = new Option<DateTimeOffset?>("--from") { Description = "First moment; now where it is not said" };
        var until = new Option<DateTimeOffset?>("--until") { Description = "First moment at which it no longer holds" };
        var command = new TaughtCommand("join", "A professional begins to work for a provider.", ["ehp professional join dr-test --provider demo-clinic"]) { Id, Provider, from, until };
        command.SetAction((parsed, cancellation) => AffiliateAsync(parsed, parsed.GetValue(from), parsed.GetValue(until), "joined", cancellation));
        return command;
    }

    private static TaughtCommand Leave()
    {
        var at = new Option<DateTimeOffset?>("--at") { Description = "When; now where it is not said" };
        var command = new TaughtCommand("leave", "A professional leaves a provider: sessions and tokens end at that moment.", ["ehp professional leave dr-test --provider demo-clinic"]) { Id, Provider, at };
        command.SetAction((parsed, cancellation) => AffiliateAsync(parsed, null, parsed.GetValue(at) ?? TimeProvider.System.GetUtcNow(), "left", cancellation));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List professionals and where they work.");
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Administrator, async (hub, report) =>
        {
            var answer = await hub.GetAsync("/api/professionals", cancellation);
            if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
            var table = new Table().AddColumns("Professional", "Profession", "Registration", "Provider").AddColumns(Cells.Whole("From", "Until"));
            foreach (var row in answer.Body!.AsArray())
            {
                var who = row!["professional"]!;
                foreach (var at in row["affiliations"]!.AsArray().DefaultIfEmpty(null))
                {
                    table.AddRow(Cells.Text(who, "id"), Cells.Text(who, "profession"), Cells.Text(who, "registrationNumber"), Cells.Text(at, "providerId"), Cells.Time(at, "from"), Cells.Time(at, "until"));
                }
            }

            report.Screen.Write(table);
            report.Document(answer.Body);
            return ExitCode.Done;
        }));
        return command;
    }

    private static Task<int> AffiliateAsync(ParseResult parsed, DateTimeOffset? from, DateTimeOffset? until, string done, CancellationToken cancellation) =>
        AtHub.RunAsync(parsed, Role.Administrator, async (hub, report) =>
        {
            var body = new JsonObject { ["professionalId"] = parsed.GetValue(Id), ["providerId"] = parsed.GetValue(Provider) };
            if (from is { } beginning) body["from"] = beginning;
            if (until is { } end) body["until"] = end;
            var answer = await hub.SendAsync(HttpMethod.Post, "/api/affiliations", body, "application/json", cancellation);
            return AtHub.Say(report, answer, $"{parsed.GetValue(Id)} {done} {parsed.GetValue(Provider)}");
        });
}
