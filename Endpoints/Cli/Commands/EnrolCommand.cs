using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Endpoints.Cli.Synthetic;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp enrol: opens a citizen's account, with the joining consent.</summary>
public static class EnrolCommand
{
    private const string Fhir = "application/fhir+json";

    public static Command Create()
    {
        var document = new Argument<string>("HKID") { Description = "Identity card number, A123456(3) or A1234563" };
        var family = new Option<string>("--family") { Description = "Family name in Latin letters, as on the card", Required = true };
        var given = new Option<string>("--given") { Description = "Given names", Required = true };
        var chinese = new Option<string>("--chinese") { Description = "Chinese name", DefaultValueFactory = _ => "" };
        var sex = new Option<string>("--sex") { Description = "F, M, O or U", Required = true };
        sex.AcceptOnlyFromAmong("F", "M", "O", "U");
        var born = new Option<string>("--born") { Description = "Date of birth, YYYY-MM-DD", Required = true };
        var assurance = new Option<string?>("--assurance") { Description = "How the four fields are known: chip-read (from the card's chip), document-seen, or stated (as where it is not said)" };
        assurance.AcceptOnlyFromAmong("chip-read", "document-seen", "stated");
        var command = new TaughtCommand("enrol", "Open a citizen's eHealth account and record the joining consent.", ["ehp enrol 'A123456(3)' --family TESTPATIENT --given Specimen --sex F --born 1962-03-14 --assurance document-seen"]) { document, family, given, chinese, sex, born, assurance };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Registrar, async (hub, report) =>
        {
            if (!DateOnly.TryParseExact(parsed.GetValue(born), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birthDate))
            {
                return report.Fail(ExitCode.Usage, "--born wants a calendar date, YYYY-MM-DD");
            }

            var citizen = new Citizen(parsed.GetValue(document)!, parsed.GetValue(family)!, parsed.GetValue(given)!, parsed.GetValue(chinese)!, parsed.GetValue(sex)![0], birthDate);
            var answer = await EnrolAsync(hub, citizen, cancellation, parsed.GetValue(assurance));
            return AtHub.Say(report, answer, "Enrolled, joining consent recorded");
        }));
        return command;
    }

    /// <summary>One FHIR transaction: the Patient and the joining Consent.</summary>
    /// <param name="assurance">Code of the hub's assurance extension; null leaves it out.</param>
    internal static Task<HubAnswer> EnrolAsync(HubConnection hub, Citizen citizen, CancellationToken cancellation, string? assurance = null)
    {
        const string reference = "urn:uuid:00000000-0000-4000-8000-000000000001";
        var names = new JsonArray(new JsonObject { ["family"] = citizen.FamilyName, ["given"] = new JsonArray(citizen.GivenName) });
        if (citizen.ChineseName.Length > 0) names.Add(new JsonObject { ["text"] = citizen.ChineseName });
        var patient = new JsonObject
        {
            ["resourceType"] = "Patient",
            ["identifier"] = new JsonArray(new JsonObject { ["system"] = FhirSystems.HongKongIdentityCard, ["value"] = citizen.DocumentNumber }),
            ["name"] = names,
            ["gender"] = citizen.Sex switch { 'F' or 'f' => "female", 'M' or 'm' => "male", 'O' or 'o' => "other", _ => "unknown" },
            ["birthDate"] = citizen.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        if (assurance is not null) patient["extension"] = new JsonArray(new JsonObject { ["url"] = FhirSystems.Assurance, ["valueCode"] = assurance });
        var consent = ConsentCommand.Body("joining", new() { ["reference"] = reference });
        return hub.SendAsync(HttpMethod.Post, "/fhir", new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "transaction",
            ["entry"] = new JsonArray(Entry(patient, reference), Entry(consent, null)),
        }, Fhir, cancellation);
    }

    private static JsonObject Entry(JsonObject resource, string? fullUrl)
    {
        var entry = new JsonObject { ["resource"] = resource, ["request"] = new JsonObject { ["method"] = "POST", ["url"] = resource["resourceType"]!.GetValue<string>() } };
        if (fullUrl is not null) entry["fullUrl"] = fullUrl;
        return entry;
    }
}
