using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;

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
        var charset = new Option<string?>("--charset") { Description = "Character set where MSH-18 is empty (HL7 table 0211); ASCII unless stated" };
        charset.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } code && CharacterSet.Find(code) is null) result.AddError($"The hub reads no character set {code}: HL7 table 0211 writes it as in '{CharacterSet.Utf8.Code}', '8859/1', 'BIG-5', 'GB 18030-2000'");
        });
        var offset = new Option<string?>("--utc-offset") { Description = "Offset for times that state none, such as +08:00" };
        var enrol = new Option<bool>("--may-enrol") { Description = "ADT^A28 from this source opens an account" };
        var change = new Option<bool>("--change") { Description = "Change a source that is registered: what is not stated stays" };
        var command = new TaughtCommand("source", "Register a sending system. A message from an unknown MSH-3 and MSH-4 is refused (301).", ["ehp source my-his --application HIS --facility MYHOSP --provider my-hospital --charset 'UNICODE UTF-8' --utc-offset +08:00"]) { id, application, facility, provider, kind, charset, offset, enrol, change };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Administrator, async (hub, report) =>
        {
            var providerId = parsed.GetValue(provider)!;
            var known = await hub.GetAsync("/api/providers", cancellation);
            if (!known.Good) return report.Fail(known.ExitCode, known.Reason);
            var sources = await hub.GetAsync("/api/sources", cancellation);
            if (!sources.Good) return report.Fail(sources.ExitCode, sources.Reason);
            var before = sources.Body!.AsArray().FirstOrDefault(each => each!["id"]!.GetValue<string>() == parsed.GetValue(id)) as JsonObject;
            var source = (JsonObject?)before?.DeepClone() ?? new() { ["id"] = parsed.GetValue(id), ["defaultCharacterSet"] = CharacterSet.Ascii.Code };
            source["providerId"] = providerId;
            if (before?["providerId"]?.GetValue<string>() != providerId) source["serviceLocationId"] = $"{providerId}-main";
            source["sendingApplication"] = parsed.GetValue(application);
            source["sendingFacility"] = parsed.GetValue(facility);
            if (parsed.GetValue(charset) is { } stated) source["defaultCharacterSet"] = stated;
            if (parsed.GetValue(offset) is { } utc) source["utcOffset"] = utc;
            if (parsed.GetResult(enrol) is { Implicit: false }) source["mayEnrol"] = parsed.GetValue(enrol);
            if (before is not null && JsonNode.DeepEquals(before, source))
            {
                report.Line($"{parsed.GetValue(id)} is registered with these settings already");
                report.Document(before);
                return ExitCode.Done;
            }

            if (before is not null && !parsed.GetValue(change))
            {
                return report.Fail(ExitCode.Refused, $"{parsed.GetValue(id)} is registered as {before["sendingApplication"]} of {before["sendingFacility"]}, with other settings than these: --change changes it");
            }

            var bodies = new List<(string Path, JsonObject Body)>();
            if (known.Body!.AsArray().All(each => each!["id"]!.GetValue<string>() != providerId))
            {
                bodies.Add(("/api/providers", new() { ["id"] = providerId, ["name"] = providerId, ["nameChinese"] = providerId, ["kind"] = parsed.GetValue(kind) }));
                bodies.Add(("/api/service-locations", new() { ["id"] = $"{providerId}-main", ["providerId"] = providerId, ["name"] = providerId, ["nameChinese"] = providerId }));
            }

            bodies.Add(("/api/sources", source));
            HubAnswer answer = known;
            foreach (var (path, body) in bodies)
            {
                answer = await hub.SendAsync(HttpMethod.Post, path, body, "application/json", cancellation);
                if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
            }

            report.Line($"{parsed.GetValue(id)} is {(before is null ? "registered" : "changed")}");
            report.Document(answer.Body ?? new JsonObject());
            return ExitCode.Done;
        }));
        return command;
    }
}
