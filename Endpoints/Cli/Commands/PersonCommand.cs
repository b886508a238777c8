using System.CommandLine;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;
using QRCoder;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp person: accounts of people. An administrator invites; the person accepts, and alone knows password and codes.</summary>
public static class PersonCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "Name of the account: lower-case letters, digits, dots, hyphens" };

    public static Command Create() => new("person", "Accounts of people: invite, accept, suspend, resume, list.")
    {
        Invite(), Accept(), Change("suspend", "End an account and all its sessions."), Change("resume", "Let an account in again."), List(),
    };

    private static TaughtCommand Invite()
    {
        var role = new Option<string>("--role") { Description = "administrator, operator, integration-engineer, registrar, clinician, auditor", Required = true };
        var professional = new Option<string?>("--professional") { Description = "Who it is in the registry of professionals; needed for a clinician" };
        var command = new TaughtCommand(
            "invite", "Make an account, or set one up anew. Hand the invitation to the person: it works once, for 72 hours.",
            ["ehp person invite doctor.test --role clinician --professional dr-test", "ehp person invite auditor.test --role auditor"]) { Name, role, professional };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Administrator, async (hub, report) =>
        {
            var answer = await hub.SendAsync(
                HttpMethod.Post, "/api/accounts",
                new JsonObject { ["name"] = parsed.GetValue(Name), ["role"] = parsed.GetValue(role), ["professionalId"] = parsed.GetValue(professional) }, "application/json", cancellation);
            return AtHub.Say(report, answer, $"Invitation for {parsed.GetValue(Name)}, to be opened at /invitation or with ehp person accept:\n{answer.Body?["token"]}");
        }));
        return command;
    }

    private static TaughtCommand Accept()
    {
        var invitation = new Argument<string>("INVITATION") { Description = "As the administrator gave it" };
        var command = new TaughtCommand(
            "accept", "Set up the account you were invited to: shows the authenticator's QR code, then asks for a password and a code (or reads EHP_PASSWORD and EHP_CODE).",
            ["ehp person accept doctor.test:INVITATION"]) { invitation };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, null, async (hub, report) =>
        {
            var body = new JsonObject { ["invitation"] = parsed.GetValue(invitation) };
            var opened = await hub.SendAsync(HttpMethod.Post, "/api/invitations/open", body, "application/json", cancellation);
            if (!opened.Good) return report.Fail(opened.ExitCode, opened.Reason);
            var uri = opened.Body!["uri"]!.GetValue<string>();
            if (Secret.IsGiven("EHP_CODE"))
            {
                body["password"] = Secret.Ask("EHP_PASSWORD", "Password");
                body["code"] = Secret.Ask("EHP_CODE", "Code");
            }
            else
            {
                // Without a code there is nothing to accept with yet: a script reads the secret, and comes again.
                if (report.Json)
                {
                    report.Document(opened.Body);
                    return ExitCode.Done;
                }

                using var drawing = new AsciiQRCode(QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M));
                report.Line(drawing.GetGraphicSmall(invert: true));
                report.Line($"{uri}\nSecret to type in by hand: {opened.Body["secret"]}");
                body["password"] = Secret.Ask("EHP_PASSWORD", "New password, at least 12 characters:");
                body["code"] = Secret.Ask("EHP_CODE", "Code that the authenticator shows:");
            }

            var accepted = await hub.SendAsync(HttpMethod.Post, "/api/invitations/accept", body, "application/json", cancellation);
            return AtHub.Say(report, accepted, "The account is ready: wait for the next code, and sign in");
        }));
        return command;
    }

    private static Command Change(string act, string description)
    {
        var command = new Command(act, description) { Name };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Administrator, async (hub, report) => AtHub.Say(
            report, await hub.SendAsync(HttpMethod.Post, $"/api/accounts/{Uri.EscapeDataString(parsed.GetValue(Name)!)}/{act}", null, "application/json", cancellation),
            $"{parsed.GetValue(Name)}: {act} done")));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List the accounts.");
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Administrator, async (hub, report) =>
        {
            var answer = await hub.GetAsync("/api/accounts", cancellation);
            if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
            var table = new Table().AddColumns("Account", "Role", "Professional", "State");
            foreach (var row in answer.Body!.AsArray())
            {
                var state = !row!["active"]!.GetValue<bool>() ? "suspended" : row["setUp"]!.GetValue<bool>() ? "in use" : "invited";
                table.AddRow(row["name"]!.GetValue<string>(), row["role"]!.GetValue<string>(), row["professionalId"]?.GetValue<string>() ?? "", state);
            }

            report.Screen.Write(table);
            report.Document(answer.Body);
            return ExitCode.Done;
        }));
        return command;
    }
}
