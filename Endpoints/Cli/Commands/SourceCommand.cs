using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp source: registers a sending system, with its provider and service location.</summary>
public static class SourceCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "Short name for the source: lower-case letters, digits, hyphens" };
        var application = new Option<string>("--application") { Description = "What its messages say in MSH-3", Required = true };
        var facility = new Option<string>("--facility") { Description = "What its messages say in MSH-4", Required = true };
        var provider = new Option<string>("--provider") { Description = "Id of the provider; registered when it is new", Required = true };
        var kind = new Option<string>("--kind") { Description = "Kind of a new provider", DefaultValueFactory = _ => "privateHospital" };
        kind.AcceptOnlyFromAmong([.. Enum.GetNames<ProviderKind>().Select(JsonNamingPolicy.CamelCase.ConvertName)]);
        var charset = new Option<string>("--charset") { Description = "Character set where MSH-18 is empty (HL7 table 0211)", DefaultValueFactory = _ => "ASCII" };
        var offset = new Option<string?>("--utc-offset") { Description = "Offset for times that state none, such as +08:00" };
        var enrol = new Option<bool>("--may-enrol") { Description = "ADT^A28 from this source opens an account" };
        var command = new TaughtCommand("source", "Register a sending system. A message from an unknown MSH-3 and MSH-4 is refused (301).", ["ehp source my-his --application HIS --facility MYHOSP --provider my-hospital --charset 'UNICODE UTF-8' --utc-offset +08:00"]) { id, application, facility, provider, kind, charset, offset, enrol };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Administrator, async (hub, report) =>
        {
            var providerId = parsed.GetValue(provider)!;
            var known = await hub.GetAsync("/api/providers", cancellation);
            if (!known.Good) return report.Fail(known.ExitCode, known.Reason);
            var bodies = new List<(string Path, JsonObject Body)>();
            if (known.Body!.AsArray().All(each => each!["id"]!.GetValue<string>() != providerId))
            {
                bodies.Add(("/api/providers", new() { ["id"] = providerId, ["name"] = providerId, ["nameChinese"] = providerId, ["kind"] = parsed.GetValue(kind) }));
                bodies.Add(("/api/service-locations", new() { ["id"] = $"{providerId}-main", ["providerId"] = providerId, ["name"] = providerId, ["nameChinese"] = providerId }));
            }

            bodies.Add(("/api/sources", new()
            {
                ["id"] = parsed.GetValue(id), ["providerId"] = providerId, ["serviceLocationId"] = $"{providerId}-main",
                ["sendingApplication"] = parsed.GetValue(application), ["sendingFacility"] = parsed.GetValue(facility),
                ["defaultCharacterSet"] = parsed.GetValue(charset), ["utcOffset"] = parsed.GetValue(offset), ["mayEnrol"] = parsed.GetValue(enrol),
            }));
            HubAnswer answer = known;
            foreach (var (path, body) in bodies)
            {
                answer = await hub.SendAsync(HttpMethod.Post, path, body, "application/json", cancellation);
                if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
            }

            report.Line($"{parsed.GetValue(id)} is registered");
            report.Document(answer.Body ?? new JsonObject());
            return ExitCode.Done;
        }));
        return command;
    }
}
