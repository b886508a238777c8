using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Vaccination;

/// <summary>Immunization from VXU^V04: given, told of, refused, taken back.</summary>
public class DoseTests
{
    private const string Orc = "ORC|RE|P1^CHC|I1^CHC";

    [Fact]
    public void ADoseIsInTheImmunisationCategoryAndKeepsItsDigits()
    {
        var translation = Vxu(Orc, "RXA|0|1|20260102||03^MMR^CVX|0.50|mL^millilitre^UCUM||||||||LOT1|20271231|MSD^Maker^MVX|||CP|A", "RXR|SC^Subcutaneous^HL70162|LA^Left arm^HL70163");
        var dose = translation.Resource("Immunization");
        Assert.Equal(("completed", "0.50", "LOT1", "2027-12-31"), (dose.At("status"), dose.At("doseQuantity/value"), dose.At("lotNumber"), dose.At("expirationDate")));
        Assert.Equal("http://hl7.org/fhir/sid/cvx", dose.At("vaccineCode/coding/0/system"));
        Assert.Equal("LA", dose.At("site/coding/0/code"));
        Assert.Equal($"Organization/{translation.Entry("Organization", 2).Id}", dose.At("manufacturer/reference"));
        var entry = translation.Entry("Immunization");
        Assert.Equal((SharingCategory.BirthAndImmunisation, WriteMode.Merge), (entry.Category, entry.Mode));
        Assert.Equal(("completed", "2026-01-02"), (entry.Index.Status, entry.Index.Date));
        Assert.Equal(["http://hl7.org/fhir/sid/cvx|03"], entry.Index.Codes);
    }

    [Fact]
    public void ARefusalIsNotDoneAndSaysWhy()
    {
        var dose = Vxu(Orc, "RXA|0|1|20260102||03^MMR^CVX|999||||||||||||00^Parental decision^NIP002||RE|A").Resource("Immunization");
        Assert.Equal(("not-done", "00"), (dose.At("status"), dose.At("statusReason/coding/0/code")));
        Assert.Null(dose.At("doseQuantity"));
    }

    [Fact]
    public void ACompletionThatNobodyKnowsIsNotTakenForADoseGiven()
    {
        var dose = Vxu(Orc, "RXA|0|1|20260102||03^MMR^CVX|0.5|mL|||||||||||||??|A").Resource("Immunization");
        Assert.Null(dose.At("status"));
        Assert.Equal("unknown", dose.At("_status/extension/0/valueCode"));
    }

    [Fact]
    public void ADoseToldOfNamesItsSource()
    {
        var dose = Vxu(Orc, "RXA|0|1|202503||08^HepB^CVX|999|||01^Historical^NIP001").Resource("Immunization");
        Assert.Equal(("false", "01", "2025-03"), (dose.At("primarySource"), dose.At("reportOrigin/coding/0/code"), dose.At("occurrenceDateTime")));
        var own = Vxu(Orc, "RXA|0|1|20260102||08^HepB^CVX|999|||00^New^NIP001~^cried a little").Resource("Immunization");
        Assert.Equal(("true", "cried a little"), (own.At("primarySource"), own.At("note/0/text")));
        Assert.Null(own.At("reportOrigin"));
    }

    [Fact]
    public void ADeletedDoseIsAnErrorUnderTheSameId()
    {
        var first = Vxu(Orc, "RXA|0|1|20260102||03^MMR^CVX|0.5|mL|||||||||||||CP|A");
        var deleted = Vxu(Orc, "RXA|0|1|20260102||03^MMR^CVX|0.5|mL|||||||||||||CP|D");
        Assert.Equal(first.Entry("Immunization").Id, deleted.Entry("Immunization").Id);
        Assert.Equal("entered-in-error", deleted.Resource("Immunization").At("status"));
    }

    [Fact]
    public void ADoseOfWhichAPartWasGivenMayNotWorkInFull()
    {
        var dose = Vxu(Orc, "RXA|0|1|20260102||03^MMR^CVX|0.25|mL|||||||||||||PA|A").Resource("Immunization");
        Assert.Equal(("completed", "true", "partial"), (dose.At("status"), dose.At("isSubpotent"), dose.At("subpotentReason/0/coding/0/code")));
    }

    [Fact]
    public void DosesWithoutNumberAreToldApartByVaccineAndTime()
    {
        string Id(string orc, string rxa) => Vxu(orc, rxa).Entry("Immunization").Id;
        const string Rxa = "RXA|0|1|20260102||03^MMR^CVX|999";
        Assert.Equal(Id("ORC|RE", Rxa), Id("ORC|RE||9999^CHC", Rxa));
        Assert.NotEqual(Id("ORC|RE", Rxa), Id("ORC|RE", "RXA|0|1|20260102||08^HepB^CVX|999"));
    }

    [Fact]
    public void ThePlaceOfOldVersionsIsRead()
    {
        var translation = Vxu(Orc, "RXA|0|1|20260102||03^MMR^CVX|999|||||^^^Centre 2^^^^^2 Example Road^^Hong Kong^^^HKG");
        Assert.Equal($"Location/{translation.Entry("Location").Id}", translation.Resource("Immunization").At("location/reference"));
        Assert.Equal(("Centre 2", "Hong Kong", "HKG"), (translation.Resource("Location").At("name"), translation.Resource("Location").At("address/city"), translation.Resource("Location").At("address/country")));
    }

    [Fact]
    public void TwoDosesInOnePlaceLeaveBothAddressesMapped()
    {
        const string At = "|||||||||||||||||||||^^^Centre 1|1 Example Road^^Hong Kong";
        var translation = Vxu("ORC|RE||I1^CHC", "RXA|0|1|20260102||03^MMR^CVX|999" + At, "ORC|RE||I2^CHC", "RXA|0|1|20260102||08^HepB^CVX|999" + At);
        Assert.Single(translation.Resources, resource => resource.Type == "Location");
        Assert.Equal(LedgerDisposition.Mapped, translation.Row("RXA[1]-28[1].3.1").Disposition);
        Assert.Equal(LedgerDisposition.Mapped, translation.Row("RXA[2]-28[1].3.1").Disposition);
    }

    internal static Translation Vxu(params string[] segments) =>
        Translating.Translate(Translating.Message("VXU^V04^VXU_V04", [Translating.Patient, .. segments]));
}
