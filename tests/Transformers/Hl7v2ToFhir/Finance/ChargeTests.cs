using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Finance;

/// <summary>FT1 as ChargeItem, and as an item of a Claim.</summary>
public sealed class ChargeTests
{
    private const string Charge = "FT1|1|T1^^^HOSPITAL||20261121101500|20261121|CG|CXR^Chest X-ray^99PRICE|||2|700.00&HKD^TP|350.00&HKD";
    private const string Insurance = "IN1|1|PLAN1|INS1^^^INSURERS|SYNTHETIC INSURANCE LTD||||||||20260101|||||SEL^Self^HL70063";

    [Fact]
    public void A_charge_keeps_its_amounts_to_the_digit()
    {
        var charge = Translate("DFT^P03", Pid, Charge).Only("ChargeItem").Read();

        Assert.Equal("billable", charge.At("status"));
        Assert.Equal("700.00", charge.At("priceOverride/value"));
        Assert.Equal("HKD", charge.At("priceOverride/currency"));
        Assert.Equal("350.00", charge.At("extension/0/valueMoney/value"));
        Assert.Equal("2", charge.At("quantity/value"));
    }

    [Fact]
    public void A_credit_of_a_charge_takes_back_the_same_charge()
    {
        var charged = Translate("DFT^P03", Pid, Charge).Only("ChargeItem");
        var credited = Translate("DFT^P03", Pid, Charge.Replace("|CG|", "|CD|", StringComparison.Ordinal)).Only("ChargeItem");

        Assert.Equal(charged.Id, credited.Id);
        Assert.Equal("not-billable", credited.Index.Status);
    }

    [Theory]
    [InlineData("PY")]
    [InlineData("AJ")]
    [InlineData("CO")]
    public void A_payment_is_no_charge(string kind)
    {
        var translation = Translate("DFT^P03", Pid, Charge.Replace("|CG|", $"|{kind}|", StringComparison.Ordinal), Insurance);

        Assert.DoesNotContain(translation.Resources, resource => resource.Type is "ChargeItem" or "Claim");
        Assert.Contains("payment", translation.Row("FT1[1]-11[1].1.1").Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Charges_without_a_number_are_told_apart()
    {
        var unnumbered = Charge.Replace("T1^^^HOSPITAL", "", StringComparison.Ordinal);
        var translation = Translate("DFT^P03", Pid, unnumbered, unnumbered);

        Assert.Equal(2, translation.Resources.Where(resource => resource.Type == "ChargeItem").Select(resource => resource.Id).Distinct().Count());
    }

    [Fact]
    public void A_claim_is_made_where_there_is_an_insurance_and_a_charge()
    {
        var claim = Translate("DFT^P03", Pid, Charge, "DG1|1||R07.4^Chest pain^I10|||F", Insurance).Only("Claim").Read();

        Assert.Equal("draft", claim.At("status"));
        Assert.Equal("700.00", claim.At("item/0/net/value"));
        Assert.StartsWith("Coverage/", claim.At("insurance/0/coverage/reference"), StringComparison.Ordinal);
        Assert.StartsWith("Condition/", claim.At("diagnosis/0/diagnosisReference/reference"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DFT^P03", Charge)]
    [InlineData("BAR^P01", Insurance)]
    public void A_claim_is_not_made_of_half_of_it(string type, string segment) =>
        Assert.DoesNotContain(Translate(type, Pid, segment).Resources, resource => resource.Type == "Claim");

    [Fact]
    public void A_uniform_bill_makes_an_institutional_claim()
    {
        var claim = Translate("BAR^P01", Pid, Insurance, "UB2|1||02^Employment^99UB|||45&Accident hour&99UB^18.50&HKD|11&Onset&99UB^20261119").Only("Claim").Read();

        Assert.Equal("institutional", claim.At("type/coding/0/code"));
        Assert.Equal("02", claim.At("supportingInfo/0/code/coding/0/code"));
        Assert.Equal("18.50", claim.At("supportingInfo/1/valueQuantity/value"));
        Assert.Equal("2026-11-19", claim.At("supportingInfo/2/timingDate"));
    }

    [Fact]
    public void A_procedure_behind_a_charge_is_its_service_and_a_note_is_its_own()
    {
        var translation = Translate("DFT^P03", Pid, Charge, "NTE|1||Weekend rate", "PR1|1||71045^Chest X-ray^C4||20261121", "OBX|1|ST|X^X^L||y||||||F", "NTE|1||Not of the charge");
        var charge = translation.Only("ChargeItem").Read();

        Assert.Equal($"Procedure/{translation.Only("Procedure").Id}", charge.At("service/0/reference"));
        Assert.Equal("Weekend rate", charge.At("note/0/text"));
        Assert.Null(charge.At("note/1"));
        Assert.Equal("Not of the charge", translation.Only("Observation").Read().At("note/0/text"));
    }
}
