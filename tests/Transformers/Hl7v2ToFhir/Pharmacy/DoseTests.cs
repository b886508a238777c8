using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Pharmacy;

/// <summary>How much, how fast and how often (RXO, RXE, TQ1, TQ, CDO, RXV).</summary>
public class DoseTests
{
    [Fact]
    public void ADoseKeepsItsDigitsAndItsUnit()
    {
        var dose = Prescribing.Rde(Prescribing.Orc, "RXE||D1^Testin^99D|1.50||mg^milligram^UCUM").Dosage();
        Assert.Equal("1.50", dose.At("doseAndRate/0/doseQuantity/value"));
        Assert.Equal("mg", dose.At("doseAndRate/0/doseQuantity/code"));
        Assert.Equal("http://unitsofmeasure.org", dose.At("doseAndRate/0/doseQuantity/system"));
    }

    [Fact]
    public void ALeastAndAMostAreARangeAndOneAmountIsNot()
    {
        var range = Prescribing.Omp(Prescribing.Orc, "RXO|D1^Testin^99D|1|2|tab").Dosage();
        Assert.Equal("1", range.At("doseAndRate/0/doseRange/low/value"));
        Assert.Equal("2", range.At("doseAndRate/0/doseRange/high/value"));
        Assert.Equal("tab", range.At("doseAndRate/0/doseRange/high/unit"));
        var one = Prescribing.Omp(Prescribing.Orc, "RXO|D1^Testin^99D|1||tab").Dosage();
        Assert.Null(one.At("doseAndRate/0/doseRange"));
        Assert.Equal("1", one.At("doseAndRate/0/doseQuantity/value"));
    }

    [Fact]
    public void ADoseInWordsIsNoNumber()
    {
        var translation = Prescribing.Rde(Prescribing.Orc, "RXE||D1^Testin^99D|a little||tab");
        Assert.Null(translation.Request().At("dosageInstruction"));
        Assert.Equal((LedgerDisposition.Carried, "Not a number"), (translation.Row("RXE[1]-3[1].1.1").Disposition, translation.Row("RXE[1]-3[1].1.1").Rule));
    }

    [Fact]
    public void ARateIsARatioWhereTheTimeStandsByItself()
    {
        var rate = Prescribing.Rde(Prescribing.Orc, "RXE||D1^Testin^99D|1||bag|||||||||||||||||H2|125|mL^millilitre^UCUM").Dosage();
        Assert.Equal("125", rate.At("doseAndRate/0/rateRatio/numerator/value"));
        Assert.Equal("2", rate.At("doseAndRate/0/rateRatio/denominator/value"));
        Assert.Equal("h", rate.At("doseAndRate/0/rateRatio/denominator/code"));
        var quantity = Prescribing.Rde(Prescribing.Orc, "RXE||D1^Testin^99D|1||bag||||||||||||||||||125|mL/h").Dosage();
        Assert.Equal("mL/h", quantity.At("doseAndRate/0/rateQuantity/unit"));
    }

    [Fact]
    public void ADoseThatIsTaperedOffIsASequence()
    {
        var request = Prescribing.Rde(Prescribing.Orc, Prescribing.Rxe, "TQ1|1|4^tab|QD", "TQ1|2|2^tab|QD").Request();
        Assert.Equal(("1", "4"), (request.At("dosageInstruction/0/sequence"), request.At("dosageInstruction/0/doseAndRate/0/doseQuantity/value")));
        Assert.Equal(("2", "2"), (request.At("dosageInstruction/1/sequence"), request.At("dosageInstruction/1/doseAndRate/0/doseQuantity/value")));
    }

    [Theory]
    [InlineData("TQ1|1||PRNQ4H")]
    [InlineData("TQ1|1||Q4H||||||PRN")]
    public void AsTheNeedArisesIsSaidOfTheDose(string tq1) =>
        Assert.Equal("true", Prescribing.Rde(Prescribing.Orc, Prescribing.Rxe, tq1).Dosage().At("asNeededBoolean"));

    [Fact]
    public void WhatTheNeedIsTakesThePlaceOfTheBoolean()
    {
        var dosage = Prescribing.Rde(Prescribing.Orc, Prescribing.Rxe, "TQ1|1||Q4H||||||PRN|for pain").Dosage();
        Assert.Equal("for pain", dosage.At("asNeededCodeableConcept/text"));
        Assert.Null(dosage.At("asNeededBoolean"));
        Assert.Equal("for pain", Prescribing.Rde(Prescribing.Orc, Prescribing.Rxe, "TQ1|1||Q4H|||||||for pain").Dosage().At("additionalInstruction/0/text"));
    }

    [Fact]
    public void AnOldQuantityTimingIsReadWhereThereIsNoTq1()
    {
        var old = Translating.Translate(Translating.Message("RDE^O01", Translating.Patient, "ORC|NW|P1^EHR", "RXE|1&tab^BID^D7^20260102^^R^^after food|D1^Testin^99D"));
        Assert.Equal("2", old.Dosage().At("timing/repeat/frequency"));
        Assert.Equal("tab", old.Dosage().At("doseAndRate/0/doseQuantity/unit"));
        Assert.Equal("after food", old.Dosage().At("text"));
        Assert.Equal("routine", old.Request().At("priority"));
        var common = Translating.Translate(Translating.Message("RDE^O01", Translating.Patient, "ORC|NW|P1^EHR|||||^TID", "RXE||D1^Testin^99D|1||tab"));
        Assert.Equal("3", common.Dosage().At("timing/repeat/frequency"));
    }

    [Fact]
    public void TheDurationOfADatedCourseIsThatOfTheSupply()
    {
        var request = Prescribing.Rde(Prescribing.Orc, Prescribing.Rxe, "TQ1|1||QD|||7^d|20260102").Request();
        Assert.Equal("2026-01-02", request.At("dosageInstruction/0/timing/repeat/boundsPeriod/start"));
        Assert.Equal("7", request.At("dispenseRequest/expectedSupplyDuration/value"));
    }

    [Fact]
    public void ALimitIsARatioOfDoseAndTime()
    {
        var dosage = Prescribing.Rde(Prescribing.Orc, Prescribing.Rxe, "CDO|1|A|4^g|1&d").Dosage();
        Assert.Equal(("4", "d"), (dosage.At("maxDosePerPeriod/numerator/value"), dosage.At("maxDosePerPeriod/denominator/code")));
        var lifetime = Prescribing.Rde(Prescribing.Orc, Prescribing.Rxe, "CDO|1|A|550^mg|^PL").Dosage();
        Assert.Equal("550", lifetime.At("maxDosePerLifetime/value"));
    }

    [Fact]
    public void ABolusIsADoseOfItsOwn()
    {
        var request = Prescribing.Rde(Prescribing.Orc, Prescribing.Rxe, "RXV|1|L|5|mg^milligram^UCUM|||P|1|mg^milligram^UCUM|||2|mg^milligram^UCUM").Request();
        Assert.Equal(("L", "5"), (request.At("dosageInstruction/1/additionalInstruction/0/coding/0/code"), request.At("dosageInstruction/1/doseAndRate/0/doseQuantity/value")));
        Assert.Equal(("1", "2"), (request.At("dosageInstruction/2/doseAndRate/0/doseQuantity/value"), request.At("dosageInstruction/2/maxDosePerAdministration/value")));
    }

    [Fact]
    public void LeftAndRightStandInTheWordsOfTheSite()
    {
        var dosage = Prescribing.Rde(Prescribing.Orc, Prescribing.Rxe, "RXR|IM^Intramuscular^HL70162|DEL^Deltoid^99D|||PRN^As ordered^99D|L^Left^99D").Dosage();
        Assert.Equal("Deltoid, Left", dosage.At("site/text"));
        Assert.Equal("As ordered", dosage.At("additionalInstruction/0/coding/0/display"));
        Assert.Equal("IM", dosage.At("route/coding/0/code"));
    }
}
