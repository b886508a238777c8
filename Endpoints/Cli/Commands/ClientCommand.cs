using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp client: systems that fetch tokens for themselves (SMART Backend Services).</summary>
public static class ClientCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "client_id: lower-case letters, digits, hyphens" };

    public static Command Create() => new("client", "Machine clients: register, revoke-tokens, suspend, resume, list.")
    {
        Register(), Change("revoke-tokens", "End the tokens that a client has; it may fetch new ones."), Change("suspend", "Give a client no tokens, and end those it has."),
        Change("resume", "Give a client tokens again."), List(),
    };

    private static TaughtCommand Register()
    {
        var keys = new Option<string>("--jwks") { Description = "File with its public keys: a JSON Web Key Set, RS384 or ES384", Required = true };
        var scopes = new Option<string>("--scopes") { Description = "What it may ask for, such as 'system/Observation.rs system/DiagnosticReport.rs'", Required = true };
        var role = new Option<string>("--role") { Description = "clinician (reads records), source (sends), registrar (enrols)", DefaultValueFactory = _ => "clinician" };
        var provider = new Option<string?>("--provider") { Description = "On whose behalf it acts" };
        var professional = new Option<string?>("--professional") { Description = "Who answers for what it reads of citizens, and by whose profession it reads; without one it reads no patient data" };
        var source = new Option<string?>("--source") { Description = "The source it is, in the role source" };
        var location = new Option<string?>("--location") { Description = "The service location where it stands: its connections must bear that location's certificate, once it has one" };
        var command = new TaughtCommand(
            "register", "Register a client, or say anew what is known of one; its tokens end.",
            ["ehp client register my-cms --jwks keys.json --provider demo-clinic --professional dr-test --scopes 'system/Patient.rs system/Observation.rs'"]) { Id, keys, scopes, role, provider, professional, source, location };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Administrator, async (hub, report) =>
        {
            JsonNode? keySet;
            try
            {
                keySet = JsonNode.Parse(await File.ReadAllTextAsync(parsed.GetValue(keys)!, cancellation));
            }
            catch (JsonException)
            {
                return report.Fail(ExitCode.Usage, $"{parsed.GetValue(keys)} is not JSON");
            }

            var answer = await hub.SendAsync(HttpMethod.Post, "/api/clients", new JsonObject
            {
                ["id"] = parsed.GetValue(Id), ["role"] = parsed.GetValue(role), ["providerId"] = parsed.GetValue(provider), ["professionalId"] = parsed.GetValue(professional), ["sourceId"] = parsed.GetValue(source),
                ["serviceLocationId"] = parsed.GetValue(location), ["scopes"] = parsed.GetValue(scopes), ["keySet"] = keySet,
            }, "application/json", cancellation);
            var blind = parsed.GetValue(role) is "clinician" && parsed.GetValue(professional) is null;
            return AtHub.Say(report, answer, $"{parsed.GetValue(Id)} is registered{(blind ? "; it reads no patient data until it is registered with --professional, who answers for it" : "")}");
        }));
        return command;
    }

    private static Command Change(string act, string description)
    {
        var command = new Command(act, description) { Id };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Administrator, async (hub, report) => AtHub.Say(
            report, await hub.SendAsync(HttpMethod.Post, $"/api/clients/{Uri.EscapeDataString(parsed.GetValue(Id)!)}/{act}", null, "application/json", cancellation),
            $"{parsed.GetValue(Id)}: {act} done")));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List the clients.");
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Administrator, async (hub, report) =>
        {
            var answer = await hub.GetAsync("/api/clients", cancellation);
            if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
            var table = new Table().AddColumns("Client", "Role", "Provider", "Scopes", "Active");
            foreach (var row in answer.Body!.AsArray())
            {
                table.AddRow(row!["id"]!.GetValue<string>(), row["role"]!.GetValue<string>(), row["providerId"]?.GetValue<string>() ?? "", Markup.Escape(row["scopes"]!.GetValue<string>()), row["active"]!.GetValue<bool>() ? "yes" : "no");
            }

            report.Screen.Write(table);
            report.Document(answer.Body);
            return ExitCode.Done;
        }));
        return command;
    }
}
