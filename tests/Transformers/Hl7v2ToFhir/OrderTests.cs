using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir;

/// <summary>Orders, reports, specimens and notes of ORU^R01.</summary>
public class OrderTests
{
    private static readonly string Message = Translating.Message(
        "ORU^R01^ORU_R01", Translating.Patient, "ORC|RE|P1^EHR|F1^LAB||CM|||||||D001^TESTDOCTOR^ONE^^^Dr", "OBR|1|P1^EHR|F1^LAB|58410-2^CBC^LN|||20260102020000+0800|||||||||D001^TESTDOCTOR^ONE^^^Dr||||||20260102030000+0800||HM|F",
        "NTE|1|L|on the order", "OBX|1|NM|718-7^Hemoglobin^LN||13.5|g/dL|||||F", "NTE|1|L|one~two", "OBX|2|NM|787-2^MCV^LN||88|fL|||||F",
        "SPM|1|^S1&LAB||BLD^Whole blood^HL70487|||||||||||||20260102010000+0800");

    private readonly Translation translation = Translating.Translate(Message);

    [Fact]
    public void TheReportNamesItsOrderItsSpecimenAndItsResults()
    {
        var report = translation.Resource("DiagnosticReport");
        Assert.Equal($"ServiceRequest/{translation.Entry("ServiceRequest").Id}", report.At("basedOn/0/reference"));
        Assert.Equal($"Specimen/{translation.Entry("Specimen").Id}", report.At("specimen/0/reference"));
        Assert.Equal($"Observation/{translation.Entry("Observation", 1).Id}", report.At("result/1/reference"));
        Assert.Equal("2026-01-02T03:00:00+08:00", report.At("issued"));
        Assert.Equal("http://terminology.hl7.org/CodeSystem/v2-0074|HM", Assert.Single(translation.Entry("DiagnosticReport").Index.Categories));
    }

    [Fact]
    public void AResultInFrontOfItsSpecimenStillNamesIt() =>
        Assert.Equal($"Specimen/{translation.Entry("Specimen").Id}", translation.Resource("Observation").At("specimen/reference"));

    [Fact]
    public void AResultWithoutTimeHasTheOneOfTheSpecimen() =>
        Assert.Equal("2026-01-02T02:00:00+08:00", translation.Resource("Observation").At("effectiveDateTime"));

    [Theory]
    [InlineData("ACC7|RP7|SPS7", "RAD", "ACC7")]
    [InlineData("ROOM 2||", "RAD", null)]
    [InlineData("ACC7|RP7|SPS7", "HM", null)]
    public void AnImagingOrderAndItsReportAreFoundByTheAccessionNumber(string fields, string section, string? expected)
    {
        var imaging = Translating.Translate(Translating.Message(
            "ORU^R01^ORU_R01", Translating.Patient, $"OBR|1|P1^RIS|F1^RIS|36643-5^XR Chest^LN|||20260102020000+0800|||||||||||{fields}||20260102030000+0800||{section}|F",
            "OBX|1|TX|GDT||clear||||||F"));
        Assert.Equal(expected, imaging.Entry("ServiceRequest").Index.Accession);
        Assert.Equal(expected, imaging.Entry("DiagnosticReport").Index.Accession);
    }

    [Fact]
    public void NotesStandAtWhatIsBeforeThem()
    {
        Assert.Equal("on the order", translation.Resource("ServiceRequest").At("note/0/text"));
        Assert.Equal("one\ntwo", translation.Resource("Observation").At("note/0/text"));
        Assert.Null(translation.Resource("Observation", 1).At("note"));
    }

    [Fact]
    public void OneDoctorNamedTwiceIsOnePractitionerAndBothFieldsAreMapped()
    {
        Assert.Single(translation.Resources, resource => resource.Type == "Practitioner");
        Assert.Equal($"Practitioner/{translation.Entry("Practitioner").Id}", translation.Resource("ServiceRequest").At("requester/reference"));
        Assert.Equal(["Practitioner.name[0].family"], translation.Row("OBR[1]-16[1].2.1").Path);
        Assert.Equal(["Practitioner.name[0].family"], translation.Row("ORC[1]-12[1].2.1").Path);
    }

    [Fact]
    public void TheOrderIsCompleted() => Assert.Equal("completed", translation.Resource("ServiceRequest").At("status"));

    [Fact]
    public void ACollectorToldTwiceIsTheOneOfTheOrder()
    {
        var message = Translating.Translate(Translating.Message(
            "ORU^R01^ORU_R01", Translating.Patient, "OBR|1||F1^LAB|58410-2^CBC^LN|||20260102020000+0800|||C1^TESTNURSE^ONE|||||B&Blood&99S||||||||||F", "PRT|1||AD|SC^Specimen collector^HL70443|C2^TESTNURSE^TWO~C3^TESTNURSE^THREE"));

        var collection = message.Resource("Specimen").GetProperty("collection");
        Assert.Equal("reference", Assert.Single(collection.GetProperty("collector").EnumerateObject()).Name);
        Assert.Equal(LedgerDisposition.Mapped, message.Row("OBR[1]-10[1].1.1").Disposition);
        Assert.Equal(LedgerDisposition.Carried, message.Row("PRT[1]-5[1].1.1").Disposition);
    }
}
