using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Pharmacy;

/// <summary>What the drug is: a code, words, a strength, a compound, a batch.</summary>
public class DrugTests
{
    [Fact]
    public void ACodeAloneIsAConcept()
    {
        var translation = Prescribing.Rde(Prescribing.Orc, Prescribing.Rxe);
        Assert.Equal("D1", translation.Request().At("medicationCodeableConcept/coding/0/code"));
        Assert.Null(translation.Request().At("contained"));
        Assert.Equal(SharingCategory.DiagnosesProceduresMedications, translation.Entry("MedicationRequest").Category);
    }

    [Fact]
    public void AFormulaOfChineseMedicineIsText()
    {
        var request = Prescribing.Rde(Prescribing.Orc, "RXE||^黃芪 15 克，當歸 9 克|1||^劑||^水煎服").Request();
        Assert.Equal("黃芪 15 克，當歸 9 克", request.At("medicationCodeableConcept/text"));
        Assert.Equal("水煎服", request.At("dosageInstruction/0/text"));
        Assert.Equal("劑", request.At("dosageInstruction/0/doseAndRate/0/doseQuantity/unit"));
    }

    [Fact]
    public void AnOrderInWordsAloneSaysThemAsTheDrug() =>
        Assert.Equal("當歸補血湯", Prescribing.Omp(Prescribing.Orc, "RXO||||||^當歸補血湯").Request().At("medicationCodeableConcept/text"));

    [Fact]
    public void StrengthAndFormMakeAContainedMedicationThatIsFoundByItsCode()
    {
        var translation = Prescribing.Omp(Prescribing.Orc, "RXO|D1^Testin^99D|1||tab|TAB^Tablet^99D|||||||||||||250|mg^milligram^UCUM||||||5|mL^millilitre^UCUM");
        var request = translation.Request();
        Assert.Equal("#medication", request.At("medicationReference/reference"));
        Assert.Equal("TAB", request.At("contained/0/form/coding/0/code"));
        Assert.Equal("250", request.At("contained/0/ingredient/0/strength/numerator/value"));
        Assert.Equal("5", request.At("contained/0/ingredient/0/strength/denominator/value"));
        Assert.Equal(["urn:ehealthplus:local:lab:99D|D1"], translation.Entry("MedicationRequest").Index.Codes);
    }

    [Fact]
    public void ACompoundListsBaseAndAdditive()
    {
        var request = Prescribing.Omp(Prescribing.Orc, "RXO|C1^Mixture^99D|1||bag", "RXC|B|NS^Saline^99D|250|mL", "RXC|A|V1^Testin^99D|1.50|g|500|mg||10|mL").Request();
        Assert.Equal(("false", "250"), (request.At("contained/0/ingredient/0/isActive"), request.At("contained/0/ingredient/0/strength/numerator/value")));
        Assert.Equal(("true", "1.50"), (request.At("contained/0/ingredient/1/isActive"), request.At("contained/0/ingredient/1/strength/numerator/value")));
        Assert.Equal("#medication-component-2", request.At("contained/0/ingredient/1/itemReference/reference"));
        Assert.Equal(("500", "10"), (request.At("contained/1/ingredient/0/strength/numerator/value"), request.At("contained/1/ingredient/0/strength/denominator/value")));
    }

    [Fact]
    public void OfSeveralBatchesTheOthersAreCarried()
    {
        var translation = Prescribing.Rds(Prescribing.Orc, "RXD|1|D1^Testin^99D|20260102|10|tab|||||||||||||LOT1~LOT2|20280630");
        Assert.Equal("LOT1", translation.Resource("MedicationDispense").At("contained/0/batch/lotNumber"));
        Assert.Equal("2028-06-30", translation.Resource("MedicationDispense").At("contained/0/batch/expirationDate"));
        Assert.Equal(LedgerDisposition.Carried, translation.Row("RXD[1]-18[2].1.1").Disposition);
    }

    [Fact]
    public void TheOrderAsGivenIsContainedInTheOneThatThePharmacyEncoded()
    {
        var translation = Prescribing.Rde(Prescribing.Orc, "RXO|G1^Testin^99D|5||mg", Prescribing.Rxe);
        var request = Assert.Single(translation.Resources, resource => resource.Type == "MedicationRequest");
        Assert.Equal(("filler-order", "#ordered"), (translation.Request().At("intent"), translation.Request().At("basedOn/0/reference")));
        Assert.Equal(("original-order", "G1"), (translation.Request().At("contained/0/intent"), translation.Request().At("contained/0/medicationCodeableConcept/coding/0/code")));
        Assert.Equal("5", translation.Request().At("contained/0/dosageInstruction/0/doseAndRate/0/doseQuantity/value"));
        Assert.Equal(["urn:ehealthplus:local:lab:99D|D1"], request.Index.Codes);
    }
}
