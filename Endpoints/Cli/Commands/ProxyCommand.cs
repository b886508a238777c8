using System.CommandLine;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp proxy: registers, lists and ends substitute decision makers.</summary>
public static class ProxyCommand
{
    private const string Fhir = "application/fhir+json";
    private const string RoleCode = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";

    public static Command Create()
    {
        var citizen = new Argument<string>("HKID") { Description = "Identity card number of the citizen who cannot decide" };
        var by = new Option<string>("--by") { Description = "Identity card number of the one who decides; has an eHealth account too", Required = true };
        var family = new Option<string>("--family") { Description = "Family name of the one who decides, as on the card", Required = true };
        var relationship = new Option<string>("--relationship") { Description = "MTH, FTH, PRN, GUARD, SPS, CHILD, SIB or FAMMEMB", DefaultValueFactory = _ => "PRN" };
        relationship.AcceptOnlyFromAmong("MTH", "FTH", "PRN", "GUARD", "SPS", "CHILD", "SIB", "FAMMEMB");
        var ground = new Option<string>("--ground") { Description = "minor: ends on the 16th birthday; lacking-capacity: until it is ended", DefaultValueFactory = _ => "minor" };
        ground.AcceptOnlyFromAmong("minor", "lacking-capacity");
        var register = new Command("register", "Register who decides on behalf of a citizen.") { citizen, by, family, relationship, ground };
        register.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Registrar, async (hub, report) =>
        {
            var body = Body(parsed.GetValue(citizen)!, parsed.GetValue(by)!, parsed.GetValue(family)!, parsed.GetValue(relationship)!, parsed.GetValue(ground)!);
            var answer = await hub.SendAsync(HttpMethod.Post, "/fhir/RelatedPerson", body, Fhir, cancellation);
            if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
            report.Line(Line(answer.Body!));
            report.Document(answer.Body!);
            return ExitCode.Done;
        }));

        var list = new Command("list", "List who decides on behalf of a citizen, ended ones too.") { citizen };
        list.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Registrar, async (hub, report) =>
        {
            var person = await hub.SendAsync(HttpMethod.Get, $"/fhir/Patient?identifier={Uri.EscapeDataString(parsed.GetValue(citizen)!)}", null, Fhir, cancellation);
            if (!person.Good) return report.Fail(person.ExitCode, person.Reason);
            if (person.Body?["entry"]?[0]?["resource"]?["id"]?.GetValue<string>() is not { } id) return report.Fail(ExitCode.Refused, "No account has that number");
            var page = await hub.SendAsync(HttpMethod.Get, $"/fhir/RelatedPerson?patient={id}&_count=200", null, Fhir, cancellation);
            if (!page.Good) return report.Fail(page.ExitCode, page.Reason);
            List<JsonNode> found = [.. page.Body?["entry"]?.AsArray().Select(entry => entry!["resource"]!) ?? []];
            foreach (var maker in found) report.Line(Line(maker));
            report.Document(found);
            return ExitCode.Done;
        }));

        var authority = new Argument<string>("ID") { Description = "Of the authority, as register and list show it" };
        var end = new Command("end", "End the authority of a substitute decision maker. It holds from the next read on.") { authority };
        end.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Registrar, async (hub, report) =>
        {
            var id = parsed.GetValue(authority)!;
            var body = new JsonObject { ["resourceType"] = "RelatedPerson", ["id"] = id, ["active"] = false };
            var answer = await hub.SendAsync(HttpMethod.Put, $"/fhir/RelatedPerson/{Uri.EscapeDataString(id)}", body, Fhir, cancellation);
            if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
            report.Line(Line(answer.Body!));
            report.Document(answer.Body!);
            return ExitCode.Done;
        }));
        return new TaughtCommand(
            "proxy", "Register, list and end those who decide on behalf of a citizen under 16 or lacking capacity.",
            ["ehp proxy register G123456A --by A1234563 --family TESTPATIENT --relationship MTH", "ehp consent share G123456A --provider demo-clinic --on-behalf ID", "ehp proxy list G123456A"])
        {
            register, list, end,
        };
    }

    private static JsonObject Body(string citizen, string by, string family, string relationship, string ground) => new()
    {
        ["resourceType"] = "RelatedPerson",
        ["active"] = true,
        ["patient"] = new JsonObject { ["identifier"] = Number(citizen) },
        ["identifier"] = new JsonArray(Number(by)),
        ["name"] = new JsonArray(new JsonObject { ["family"] = family }),
        ["relationship"] = new JsonArray(Concept(RoleCode, relationship), Concept(FhirSystems.SubstitutionGround, ground)),
    };

    private static JsonObject Number(string value) => new() { ["system"] = FhirSystems.HongKongIdentityCard, ["value"] = value };

    private static JsonObject Concept(string system, string code) => new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }) };

    private static string Line(JsonNode maker) =>
        $"{maker["id"]}  {(maker["active"]?.GetValue<bool>() is true ? "active" : "ended")}  {maker["name"]?[0]?["text"]}  {maker["relationship"]?[0]?["coding"]?[0]?["code"]}  from {maker["period"]?["start"]}"
        + (maker["period"]?["end"] is { } until ? $" until {until}" : "");
}
