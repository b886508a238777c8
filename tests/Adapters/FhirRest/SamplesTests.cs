using System.Net;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Record;
using static EHealthPlus.Tests.Adapters.FhirRest.EnrolmentBodies;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>
/// One answer of each kind that the interface composes itself. Where FHIR_REST_SAMPLES names a folder they are written there,
/// for an independent validator.
/// </summary>
public sealed class SamplesTests : InterfaceTests
{
    [Fact]
    public async Task Each_kind_of_answer_is_a_resource_of_its_type()
    {
        Fhir.FileObservation("obs-1", status: "preliminary");
        Fhir.FileObservation("obs-1");
        Fhir.FileObservation("obs-2");
        Fhir.Record.File("Patient", "src-1", FhirInterface.Ann, SharingCategory.PersonalParticulars, FhirInterface.Start, content: "\"gender\":\"female\"");
        Fhir.Consents.All.Add(FhirInterface.Consent('4', FhirInterface.Ann, ConsentKind.Sharing, "clinic-b", FhirInterface.Start.AddYears(1)));

        await SampleAsync("CapabilityStatement", "CapabilityStatement", Fhir.GetAsync("/fhir/metadata", null));
        await SampleAsync("Patient", "Patient", Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}"));
        await SampleAsync("Consent-joining", "Consent", Fhir.GetAsync($"/fhir/Consent/{new string('1', 32)}", FhirInterface.Citizen));
        await SampleAsync("Consent-sharing", "Consent", Fhir.GetAsync($"/fhir/Consent/{new string('4', 32)}", FhirInterface.Citizen));
        await SampleAsync("Organization", "Organization", Fhir.GetAsync("/fhir/Organization/clinic-a"));
        await SampleAsync("Bundle-searchset", "Bundle", Fhir.GetAsync($"/fhir/Observation?patient={FhirInterface.Ann}&_count=1"));
        await SampleAsync("Bundle-searchset-empty", "Bundle", Fhir.GetAsync($"/fhir/Condition?patient={FhirInterface.Ann}"));
        await SampleAsync("Bundle-searchset-lenient", "Bundle", Fhir.GetAsync($"/fhir/Observation?patient={FhirInterface.Ann}&_sort=date", headers: ("Prefer", "handling=lenient")));
        await SampleAsync("Bundle-everything", "Bundle", Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}/$everything"));
        await SampleAsync("Bundle-history", "Bundle", Fhir.GetAsync("/fhir/Observation/obs-1/_history"));
        await SampleAsync("Bundle-transaction-response", "Bundle", Fhir.PostAsync("/fhir", Bundle(Patient(), Joining(), Sharing(end: "2027-11-21"))));
        await SampleAsync("OperationOutcome", "OperationOutcome", Fhir.GetAsync("/fhir/Observation"), HttpStatusCode.BadRequest);
        await SampleAsync("OperationOutcome-issues", "OperationOutcome", Fhir.PostAsync("/fhir", Bundle(Patient(birthDate: "x"))), HttpStatusCode.BadRequest);
    }

    private static async Task SampleAsync(string name, string resourceType, Task<Answer> asked, HttpStatusCode status = HttpStatusCode.OK)
    {
        var answer = await asked;
        Assert.Equal((status, resourceType), (answer.Status, answer.Json.GetProperty("resourceType").GetString()));
        if (Environment.GetEnvironmentVariable("FHIR_REST_SAMPLES") is not { Length: > 0 } folder) return;
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, name + ".json"), answer.Text, TestContext.Current.CancellationToken);
    }
}
