namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Pharmacy;

/// <summary>What was dispensed and given (RXD, RXA).</summary>
public class ActTests
{
    [Theory]
    [InlineData("CP", "completed")]
    [InlineData("PA", "completed")]
    [InlineData("NA", "not-done")]
    [InlineData("RE", "not-done")]
    [InlineData("", "completed")]
    [InlineData("??", "unknown")]
    public void CompletionSaysWhetherItWasGiven(string completion, string status) =>
        Assert.Equal(status, Given($"RXA|1|1|20260102||D1^Testin^99D|1|tab|||||||||||||{completion}").At("status"));

    [Fact]
    public void AReasonToRefuseMeansThatItWasNotGiven()
    {
        var given = Given("RXA|1|1|20260102||D1^Testin^99D|1|tab|||||||||||R1^Refused^99D");
        Assert.Equal(("not-done", "R1"), (given.At("status"), given.At("statusReason/0/coding/0/code")));
    }

    [Fact]
    public void ADeletedAdministrationIsAnError() =>
        Assert.Equal("entered-in-error", Given("RXA|1|1|20260102||D1^Testin^99D|1|tab|||||||||||||CP|D").At("status"));

    [Fact]
    public void StartAndEndAreAPeriodAndOneTimeIsNot()
    {
        Assert.Equal("2026-01-02T09:00:00+08:00", Given("RXA|1|1|20260102080000+0800|20260102090000+0800|D1^Testin^99D|1|tab").At("effectivePeriod/end"));
        Assert.Equal("2026-01-02T08:00:00+08:00", Given("RXA|1|1|20260102080000+0800|20260102080000+0800|D1^Testin^99D|1|tab").At("effectiveDateTime"));
        Assert.Equal("unknown", Given("RXA|1|1|||D1^Testin^99D|1|tab").At("_effectiveDateTime/extension/0/valueCode"));
    }

    [Fact]
    public void AnAmountThatNobodyWroteDownIsNone()
    {
        var given = Given("RXA|1|1|20260102||D1^Testin^99D|999", "RXR|PO^Oral^HL70162");
        Assert.Null(given.At("dosage"));
        Assert.Equal("Oral", given.At("note/0/text"));
        Assert.Equal("999", Given("RXA|1|1|20260102||D1^Testin^99D|999|mL").At("dosage/dose/value"));
    }

    [Fact]
    public void TwoGivingsOfOneOrderAreTwo()
    {
        string Id(string time) => Prescribing.Ras(Prescribing.Orc, $"RXA|0|1|{time}||D1^Testin^99D|1|tab").Entry("MedicationAdministration").Id;
        Assert.NotEqual(Id("20260102080000+0800"), Id("20260102200000+0800"));
        Assert.Equal(Id("20260102080000+0800"), Id("20260102080000+0800"));
    }

    [Theory]
    [InlineData("G", "true")]
    [InlineData("N", "false")]
    public void ASubstituteIsSaidToBeOne(string code, string was) =>
        Assert.Equal(was, Prescribing.Rds(Prescribing.Orc, $"RXD|1|D1^Testin^99D|20260102|10|tab||||||{code}").Resource("MedicationDispense").At("substitution/wasSubstituted"));

    [Fact]
    public void ACancelledIssueIsCancelled() =>
        Assert.Equal("cancelled", Prescribing.Rds("ORC|CA|P1^EHR", "RXD|1|D1^Testin^99D|20260102|10|tab").Resource("MedicationDispense").At("status"));

    private static System.Text.Json.JsonElement Given(params string[] segments) =>
        Prescribing.Ras([Prescribing.Orc, .. segments]).Resource("MedicationAdministration");
}
