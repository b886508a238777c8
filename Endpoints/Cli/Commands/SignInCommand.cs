using System.CommandLine;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp sign-in: a person's token, for EHP_TOKEN.</summary>
public static class SignInCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Your account" };
        var provider = new Option<string?>("--provider") { Description = "For whom you work now, where you work for several" };
        var command = new TaughtCommand(
            "sign-in", "Sign in with password and one-time code (asked for, or EHP_PASSWORD and EHP_CODE), and print the token.", ["export EHP_TOKEN=$(ehp sign-in auditor.test)"]) { name, provider };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, null, async (hub, report) =>
        {
            var body = new JsonObject
            {
                ["name"] = parsed.GetValue(name), ["providerId"] = parsed.GetValue(provider), ["password"] = Secret.Ask("EHP_PASSWORD", "Password:"), ["code"] = Secret.Ask("EHP_CODE", "Code:"),
            };
            var answer = await hub.SendAsync(HttpMethod.Post, "/api/sign-in", body, "application/json", cancellation);
            return AtHub.Say(report, answer, answer.Body?["token"]?.GetValue<string>() ?? "");
        }));
        return command;
    }
}
