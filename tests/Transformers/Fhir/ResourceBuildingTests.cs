using System.Text;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Fhir.Writing;

namespace EHealthPlus.Tests.Transformers.Fhir;

public class ResourceBuildingTests
{
    private readonly FhirArena arena = new();

    [Fact]
    public void ObjectsAndListsWithoutValueAreNotWritten()
    {
        var patient = Resource("Patient");
        patient.Object("maritalStatus").Item("coding");
        patient.Item("name").Constant("use", "nickname");
        patient.Extension("http://example.org/x");
        Assert.Null(Written(patient));

        patient.Set("gender", "male");
        Assert.Equal("""{"resourceType":"Patient","gender":"male"}""", Written(patient));
    }

    [Fact]
    public void ConstantsAreWrittenBesideAValue()
    {
        var patient = Resource("Patient");
        var identifier = patient.Item("identifier");
        identifier.ConstantObject("type").ConstantItem("coding").Constant("code", "MR");
        identifier.Set("value", arena.Write("7"u8));
        Assert.Equal("""{"resourceType":"Patient","identifier":[{"type":{"coding":[{"code":"MR"}]},"value":"7"}]}""", Written(patient));
    }

    [Fact]
    public void AReferenceTakesThePlaceOfTheOneBefore()
    {
        var (first, second, part) = (Resource("Organization"), Resource("Organization"), Resource("Organization"));
        first.ConstantText("id", arena.Write("1"u8)).Set("name", arena.Write("One"u8));
        second.ConstantText("id", arena.Write("2"u8)).Set("name", arena.Write("Two"u8));
        part.Refer("partOf", first);
        part.Refer("partOf", second);
        Assert.Equal("""{"resourceType":"Organization","partOf":{"reference":"Organization/2"}}""", Written(part));
    }

    [Fact]
    public void AConstantThatIsNotAsciiIsNeverWritten()
    {
        var patient = Resource("Patient");
        patient.Extension("https://clinic.example/擴展/x").Set("valueBoolean", true);
        Assert.Throws<ArgumentException>(() => Written(patient));
    }

    [Fact]
    public void StringsAreEscapedAndNumbersKeepTheirDigits()
    {
        var observation = Resource("Observation");
        observation.Set("valueString", arena.Write("a\"b\\c\nd\u0001 陳"u8));
        observation.SetRaw("value", arena.Write("1.50"u8));
        Assert.Equal("{\"resourceType\":\"Observation\",\"valueString\":\"a\\\"b\\\\c\\nd\\u0001 陳\",\"value\":1.50}", Written(observation));
    }

    [Fact]
    public void SettingAgainTakesTheValueBeforeAway()
    {
        var patient = Resource("Patient");
        patient.Set("gender", "male", leaf: 0).Set("gender", "female", leaf: 1);
        Assert.Equal("""{"resourceType":"Patient","gender":"female"}""", Written(patient));
        var mapped = new bool[2];
        FhirPath.MarkMapped(arena, mapped);
        Assert.Equal([false, true], mapped);
    }

    [Fact]
    public void PathsNameListPositionsAndResources()
    {
        arena.Resource("Bundle").Keep();
        Own("Observation", "a").Set("status", "final", leaf: 0);
        var second = Own("Observation", "b");
        second.Item("component");
        second.Item("component").Object("code").Set("text", arena.Write("x"u8), leaf: 1);
        second.Object("_status").Extension("u").Set("valueCode", "y", leaf: 2);
        BundleWriter.Write(arena, new JsonOutput(), []);
        var paths = new List<string>();
        FhirPath.ForEachMapped(arena, (_, path) => paths.Add(path));
        Assert.Equal(["Observation[0].status", "Observation[1].component[0].code.text", "Observation[1].status.extension[0].valueCode"], paths);
    }

    [Fact]
    public void BundleSlicesAreTheResourcesAndReferencesNameThem()
    {
        arena.Resource("Bundle").Keep().Constant("type", "message");
        var patient = Own("Patient", "p1");
        patient.Set("gender", "male");
        var encounter = Own("Encounter", "e1");
        encounter.Set("status", "planned");
        encounter.Refer("subject", patient);
        encounter.Refer("serviceProvider", Own("Organization", "empty"));
        var output = new JsonOutput();
        List<ResourceSlice> slices = [];
        BundleWriter.Write(arena, output, slices);
        var written = output.Written.ToArray();
        Assert.Equal(2, slices.Count);
        Assert.Equal(
            """{"resourceType":"Encounter","id":"e1","status":"planned","subject":{"reference":"Patient/p1"}}""",
            Encoding.UTF8.GetString(written.AsSpan(slices[1].Offset, slices[1].Length)));
        Assert.Contains("\"fullUrl\":\"https://ehealthplus.invalid/fhir/Patient/p1\"", Encoding.UTF8.GetString(written), StringComparison.Ordinal);
    }

    [Fact]
    public void AFoldedResourceLeavesEqualValuesMappedAndContradictionsNot()
    {
        arena.Resource("Bundle").Keep();
        var first = Own("Practitioner", "d1");
        var name = first.Item("name");
        name.Set("family", arena.Write("TESTDOCTOR"u8), leaf: 0);
        first.Set("gender", "male", leaf: 1);
        var again = arena.Resource("Practitioner");
        var nameAgain = again.Item("name");
        nameAgain.Set("family", arena.Write("TESTDOCTOR"u8), leaf: 2);
        nameAgain.Append("given", arena.Write("ONE"u8), leaf: 3);
        again.Set("gender", "female", leaf: 4);
        var report = Own("DiagnosticReport", "r1");
        report.ReferItem("performer", again);
        DuplicateResource.Fold(first, again);
        var output = new JsonOutput();
        BundleWriter.Write(arena, output, []);
        var mapped = new bool[5];
        FhirPath.MarkMapped(arena, mapped);
        Assert.Equal([true, true, true, true, false], mapped);
        var json = Encoding.UTF8.GetString(output.Written);
        Assert.Contains("""{"resourceType":"Practitioner","id":"d1","name":[{"family":"TESTDOCTOR","given":["ONE"]}],"gender":"male"}""", json, StringComparison.Ordinal);
        Assert.Contains("\"reference\":\"Practitioner/d1\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void AClearedArenaKeepsNothing()
    {
        Own("Patient", "p1").Set("gender", "male", leaf: 0);
        arena.Clear();
        Assert.Equal(0, arena.ResourceCount);
        Assert.Equal("""{"resourceType":"Patient","active":true}""", Written(Resource("Patient").Set("active", true)));
        var mapped = new bool[1];
        FhirPath.MarkMapped(arena, mapped);
        Assert.False(mapped[0]);
    }

    private FhirNode Resource(string type) => arena.Resource(type);

    private FhirNode Own(string type, string id) => arena.Resource(type).ConstantText("id", arena.Write(Encoding.UTF8.GetBytes(id)));

    private static string? Written(FhirNode resource)
    {
        var output = new JsonOutput();
        return ResourceWriter.Write(resource, output) ? Encoding.UTF8.GetString(output.Written) : null;
    }
}
