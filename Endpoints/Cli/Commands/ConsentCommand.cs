using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp consent: gives, lists and revokes consents.</summary>
public static class ConsentCommand
{
    private const string Fhir = "application/fhir+json";

    public static Command Create()
    {
        var document = new Argument<string>("HKID") { Description = "Identity card number of the citizen" };
        var provider = new Option<string>("--provider") { Description = "Id of the provider that may read", Required = true };
        var indefinite = new Option<bool>("--indefinite") { Description = "Until revoked; without it for one year" };
        var behalf = new Option<string?>("--on-behalf") { Description = "Id of the substitute decision maker who gives it: see ehp proxy" };
        var share = new Command("share", "Let a provider read the record, for one year or until revoked.") { document, provider, indefinite, behalf };
        share.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Registrar, async (hub, report) =>
        {
            var answer = await ShareAsync(hub, parsed.GetValue(document)!, parsed.GetValue(provider)!, parsed.GetValue(indefinite) ? null : 1, cancellation, parsed.GetValue(behalf));
            if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
            report.Line($"{parsed.GetValue(provider)} may read the record{(parsed.GetValue(indefinite) ? " until the consent is revoked" : " for one year")}");
            report.Document(answer.Body!);
            return ExitCode.Done;
        }));

        var of = new Option<string?>("--provider") { Description = "Revoke the sharing consent to this provider" };
        var joining = new Option<bool>("--joining") { Description = "Withdraw from eHealth: revoke the joining consent" };
        var revoke = new Command("revoke", "Revoke a sharing consent, or withdraw from eHealth. It holds from the next read on.") { document, of, joining, behalf };
        revoke.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Registrar, async (hub, report) =>
        {
            if (parsed.GetValue(of) is null == !parsed.GetValue(joining)) return report.Fail(ExitCode.Usage, "Say which: --provider ID, or --joining");
            return await RevokeAsync(hub, report, parsed.GetValue(document)!, parsed.GetValue(of), parsed.GetValue(behalf), cancellation);
        }));

        var list = new Command("list", "List the consents of a citizen, ended ones too.") { document };
        list.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Registrar, async (hub, report) =>
        {
            var (consents, fault) = await ListAsync(hub, parsed.GetValue(document)!, cancellation);
            if (fault is not null) return report.Fail(fault.ExitCode, fault.Reason);
            foreach (var consent in consents) report.Line($"{consent["status"]}  {KindOf(consent)}  {ProviderOf(consent)}  from {consent["dateTime"]}{(consent["performer"]?[0]?["reference"] is { } by ? $"  by {by}" : "")}");
            report.Document(consents);
            return ExitCode.Done;
        }));
        return new TaughtCommand("consent", "Give, list and revoke a citizen's consents.", ["ehp consent share A1234563 --provider demo-clinic --indefinite", "ehp consent revoke A1234563 --provider demo-clinic", "ehp consent list A1234563"]) { share, revoke, list };
    }

    /// <param name="years">1, or null for a consent without end.</param>
    internal static Task<HubAnswer> ShareAsync(HubConnection hub, string document, string provider, int? years, CancellationToken cancellation, string? substituteId = null)
    {
        var body = Body("sharing", new() { ["identifier"] = new JsonObject { ["system"] = FhirSystems.HongKongIdentityCard, ["value"] = document } });
        var provision = new JsonObject
        {
            ["type"] = "permit",
            ["actor"] = new JsonArray(new JsonObject
            {
                ["role"] = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", ["code"] = "IRCP" }) },
                ["reference"] = new JsonObject { ["reference"] = $"Organization/{provider}" },
            }),
        };
        if (years is { } count)
        {
            var today = TimeProvider.System.GetUtcNow();
            provision["period"] = new JsonObject { ["end"] = HongKongDay.Anniversary(HongKongDay.Of(today), count).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
        }

        body["provision"] = provision;
        if (substituteId is not null) body["performer"] = new JsonArray(new JsonObject { ["reference"] = $"RelatedPerson/{substituteId}" });
        return hub.SendAsync(HttpMethod.Post, "/fhir/Consent", body, Fhir, cancellation);
    }

    /// <param name="kind">joining or sharing.</param>
    internal static JsonObject Body(string kind, JsonObject patient) => new()
    {
        ["resourceType"] = "Consent",
        ["status"] = "active",
        ["scope"] = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = "http://terminology.hl7.org/CodeSystem/consentscope", ["code"] = "patient-privacy" }) },
        ["category"] = new JsonArray(new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = FhirSystems.ConsentKind, ["code"] = kind }) }),
        ["patient"] = patient,
        ["policyRule"] = new JsonObject { ["text"] = "Cap. 625 Electronic Health Record Sharing System Ordinance" },
    };

    private static async Task<int> RevokeAsync(HubConnection hub, Report report, string document, string? provider, string? substituteId, CancellationToken cancellation)
    {
        var (revoked, fault) = await EndAsync(hub, document, provider, cancellation, substituteId);
        if (fault is not null) return report.Fail(fault.ExitCode, fault.Reason);
        if (revoked.Count == 0) return report.Fail(ExitCode.Refused, "There is no such consent in force");
        report.Line(provider is null ? "Withdrawn from eHealth" : $"{provider} may read no longer");
        report.Document(new { revoked });
        return ExitCode.Done;
    }

    /// <summary>Ends the sharing consents to a provider, or the joining consent where none is named.</summary>
    /// <returns>Ids of the consents that were in force; or the hub's refusal.</returns>
    internal static async Task<(IReadOnlyList<string> Revoked, HubAnswer? Fault)> EndAsync(
        HubConnection hub, string document, string? provider, CancellationToken cancellation, string? substituteId = null)
    {
        var (consents, fault) = await ListAsync(hub, document, cancellation);
        if (fault is not null) return ([], fault);
        var revoked = new List<string>();
        foreach (var consent in consents)
        {
            var wanted = provider is null ? KindOf(consent) == "joining" : KindOf(consent) == "sharing" && ProviderOf(consent) == provider;
            if (!wanted || consent["status"]?.GetValue<string>() != "active") continue;
            var id = consent["id"]!.GetValue<string>();
            var body = new JsonObject { ["resourceType"] = "Consent", ["id"] = id, ["status"] = "inactive" };
            if (substituteId is not null) body["performer"] = new JsonArray(new JsonObject { ["reference"] = $"RelatedPerson/{substituteId}" });
            var answer = await hub.SendAsync(HttpMethod.Put, $"/fhir/Consent/{id}", body, Fhir, cancellation);
            if (!answer.Good) return (revoked, answer);
            revoked.Add(id);
        }

        return (revoked, null);
    }

    private static async Task<(List<JsonNode> Consents, HubAnswer? Fault)> ListAsync(HubConnection hub, string document, CancellationToken cancellation)
    {
        var person = await hub.SendAsync(HttpMethod.Get, $"/fhir/Patient?identifier={Uri.EscapeDataString(document)}", null, Fhir, cancellation);
        if (!person.Good) return ([], person);
        if (person.Body?["entry"]?[0]?["resource"]?["id"]?.GetValue<string>() is not { } id) return ([], new(404, new JsonObject { ["title"] = "No account has that number" }, ""));
        var page = await hub.SendAsync(HttpMethod.Get, $"/fhir/Consent?patient={id}&_count=200", null, Fhir, cancellation);
        if (!page.Good) return ([], page);
        return ([.. page.Body?["entry"]?.AsArray().Select(entry => entry!["resource"]!) ?? []], null);
    }

    private static string? KindOf(JsonNode consent) => consent["category"]?.AsArray()
        .Select(category => category?["coding"]?[0]).FirstOrDefault(coding => coding?["system"]?.GetValue<string>() == FhirSystems.ConsentKind)?["code"]?.GetValue<string>();

    private static string? ProviderOf(JsonNode consent) =>
        consent["provision"]?["actor"]?[0]?["reference"] is not { } reference ? null
        : reference["reference"]?.GetValue<string>() is { } id ? id[(id.LastIndexOf('/') + 1)..]
        : reference["display"]?.GetValue<string>();
}
