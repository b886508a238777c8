using System.Net;
using System.Text.Json;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>The capability statement says what the interface does: it is held against the interface itself, not against its own table.</summary>
public sealed class CapabilityStatementTests : InterfaceTests
{
    private static readonly string[] Types =
    [
        "Patient", "Encounter", "Condition", "Procedure", "AllergyIntolerance", "RelatedPerson", "Coverage", "Practitioner", "Organization", "Location",
        "MedicationRequest", "MedicationDispense", "MedicationAdministration", "Immunization", "ImmunizationRecommendation",
        "Account", "ChargeItem", "Claim", "PractitionerRole",
        "ServiceRequest", "Specimen", "DiagnosticReport", "Observation", "DocumentReference",
        "Appointment", "AppointmentResponse", "Goal", "AuditEvent", "CarePlan", "EpisodeOfCare", "CareTeam", "ClaimResponse", "Schedule", "Slot", "Task", "Communication", "ResearchSubject", "ResearchStudy", "Device", "Provenance", "Consent", "ImagingStudy", "Endpoint",
    ];

    [Fact]
    public async Task Anybody_may_read_it_and_it_lists_the_types()
    {
        var answer = await Fhir.GetAsync("/fhir/metadata", null);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("4.0.1", answer.Json.GetProperty("fhirVersion").GetString());
        Assert.Equal("http://hub.test/fhir", answer.Json.GetProperty("implementation").GetProperty("url").GetString());
        Assert.Equal(Types.Order(StringComparer.Ordinal), ResourcesOf(answer).Select(resource => resource.GetProperty("type").GetString()!).Order(StringComparer.Ordinal));
        var security = answer.Json.GetProperty("rest")[0].GetProperty("security");
        Assert.Equal("SMART-on-FHIR", security.GetProperty("service")[0].GetProperty("coding")[0].GetProperty("code").GetString());
        Assert.Contains(".well-known/smart-configuration", security.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal(["transaction"], CodesOf(answer.Json.GetProperty("rest")[0]));
    }

    [Fact]
    public async Task An_interaction_is_listed_exactly_where_it_is_routed()
    {
        var listed = ResourcesOf(await Fhir.GetAsync("/fhir/metadata", null)).ToDictionary(resource => resource.GetProperty("type").GetString()!, CodesOf);

        foreach (var type in Types)
        {
            foreach (var (code, method, address) in new[]
            {
                ("read", "GET", $"/fhir/{type}/x"), ("vread", "GET", $"/fhir/{type}/x/_history/1"), ("history-instance", "GET", $"/fhir/{type}/x/_history"),
                ("search-type", "GET", $"/fhir/{type}"), ("create", "POST", $"/fhir/{type}"), ("update", "PUT", $"/fhir/{type}/x"),
                ("patch", "PATCH", $"/fhir/{type}/x"), ("delete", "DELETE", $"/fhir/{type}/x"), ("history-type", "GET", $"/fhir/{type}/_history"),
            })
            {
                var answer = await Fhir.SendAsync(new HttpMethod(method), address, FhirInterface.Citizen, null);

                // history-type has the shape of a read, of an id that no resource can have.
                var routed = answer.Status != HttpStatusCode.MethodNotAllowed && code != "history-type";
                Assert.True(routed == listed[type].Contains(code), $"{code} of {type}: routed {routed}");
            }
        }
    }

    [Fact]
    public async Task A_search_parameter_is_listed_exactly_where_it_is_understood()
    {
        var resources = ResourcesOf(await Fhir.GetAsync("/fhir/metadata", null));
        var dates = resources.SelectMany(resource => resource.GetProperty("searchParam").EnumerateArray())
            .Where(parameter => parameter.GetProperty("type").GetString() == "date").Select(parameter => parameter.GetProperty("name").GetString()!).ToHashSet(StringComparer.Ordinal);
        var names = resources.SelectMany(ParametersOf).Distinct().Append("name").ToList();

        foreach (var resource in resources)
        {
            var type = resource.GetProperty("type").GetString()!;
            foreach (var name in names)
            {
                var value = dates.Contains(name) ? "2024" : "x";
                var answer = await Fhir.GetAsync($"/fhir/{type}?{name}={value}", FhirInterface.Citizen);

                Assert.True(!answer.Codes.Contains(704) == ParametersOf(resource).Contains(name), $"{name} of {type}");
            }
        }
    }

    [Fact]
    public async Task Only_patient_has_everything()
    {
        var withOperation = ResourcesOf(await Fhir.GetAsync("/fhir/metadata", null)).Where(resource => resource.TryGetProperty("operation", out _));

        Assert.Equal(["Patient"], withOperation.Select(resource => resource.GetProperty("type").GetString()));
    }

    private static IReadOnlyList<JsonElement> ResourcesOf(Answer answer) => [.. answer.Json.GetProperty("rest")[0].GetProperty("resource").EnumerateArray()];

    private static List<string> CodesOf(JsonElement element) =>
        [.. element.GetProperty("interaction").EnumerateArray().Select(interaction => interaction.GetProperty("code").GetString()!)];

    private static List<string> ParametersOf(JsonElement resource) =>
        [.. resource.GetProperty("searchParam").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!)];
}
