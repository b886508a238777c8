using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Vaccination;

/// <summary>OBX behind an RXA: elements of the dose, observations of their own, forecasts; and the query that asks for them.</summary>
public class ObservationTests
{
    private static readonly string[] Dose = ["ORC|RE||I1^CHC", "RXA|0|1|20260102||03^MMR^CVX|0.5|mL|||||||||||||CP|A"];
    private static readonly string[] NoDose = ["ORC|RE||9999^CHC", "RXA|0|1|20260102||998^No vaccine administered^CVX|999||||||||||||||NA"];

    [Fact]
    public void FundingEligibilityAndCommentAreElementsOfTheDose()
    {
        var translation = DoseTests.Vxu([.. Dose, "OBX|1|CE|30963-3^Funding^LN|1|PHC70^Public^99HK||||||F", "OBX|2|CE|64994-7^Eligibility^LN|1|V01^Not eligible^HL70064||||||F", "OBX|3|ST|48767-8^Comment^LN|1|slept well||||||F"]);
        var dose = translation.Resource("Immunization");
        Assert.Equal(("PHC70", "V01", "slept well"), (dose.At("fundingSource/coding/0/code"), dose.At("programEligibility/0/coding/0/code"), dose.At("note/0/text")));
        Assert.DoesNotContain(translation.Resources, resource => resource.Type == "Observation");
    }

    [Fact]
    public void TheLeafletOfOneSubIdIsOneEducation()
    {
        var dose = DoseTests.Vxu([.. Dose, "OBX|1|CE|69764-9^Document^LN|1|V1^Leaflet A^99HK||||||F", "OBX|2|CE|69764-9^Document^LN|2|V2^Leaflet B^99HK||||||F", "OBX|3|DT|29769-7^Presented^LN|2|20260102||||||F"]).Resource("Immunization");
        Assert.Equal(("Leaflet A", null), (dose.At("education/0/documentType"), dose.At("education/0/presentationDate")));
        Assert.Equal(("Leaflet B", "2026-01-02"), (dose.At("education/1/documentType"), dose.At("education/1/presentationDate")));
    }

    [Fact]
    public void ADateWithoutLeafletIsAnObservation()
    {
        var translation = DoseTests.Vxu([.. Dose, "OBX|1|DT|29769-7^Presented^LN|2|20260102||||||F"]);
        Assert.Null(translation.Resource("Immunization").At("education"));
        Assert.Equal("2026-01-02", translation.Resource("Observation").At("valueDateTime"));
    }

    [Fact]
    public void AReactionIsAnObservationThatTheDoseNames()
    {
        var translation = DoseTests.Vxu([.. Dose, "OBX|1|CE|31044-1^Reaction^LN|1|39579001^Anaphylaxis^SCT||||||F|||20260102090000+0800", "NTE|1||recovered"]);
        Assert.Equal($"Observation/{translation.Entry("Observation").Id}", translation.Resource("Immunization").At("reaction/0/detail/reference"));
        Assert.Equal($"Immunization/{translation.Entry("Immunization").Id}", translation.Resource("Observation").At("partOf/0/reference"));
        Assert.Equal("recovered", translation.Resource("Observation").At("note/0/text"));
    }

    [Theory]
    // 9999 stands for no number, and v2.3.1 has no ORC.
    [InlineData("ORC|RE||9999^CHC")]
    [InlineData("NTE|1||v2.3.1")]
    public void ReactionsToTwoDosesWithoutNumberAreTwo(string before)
    {
        var (first, second) = (Reaction("03^MMR^CVX"), Reaction("01^DTP^CVX"));
        Assert.NotEqual(first, second);
        Assert.Equal(first, Reaction("03^MMR^CVX"));

        string Reaction(string vaccine) =>
            DoseTests.Vxu(before, $"RXA|0|1|20260102||{vaccine}|0.5|mL|||||||||||||CP|A", "OBX|1|CE|31044-1^Reaction^LN|1|39579001^Anaphylaxis^SCT||||||F").Entry("Observation").Id;
    }

    [Fact]
    public void WhatIsToldWithoutADoseIsThePatientsAtItsTime()
    {
        Assert.NotEqual(Told("20260102"), Told("20260103"));
        Assert.Equal(Told("20260102"), Told("20260102"));

        string Told(string day) => DoseTests.Vxu([.. NoDose, $"OBX|1|CE|59784-9^Disease with presumed immunity^LN|1|38907003^Varicella^SCT||||||F|||{day}"]).Entry("Observation").Id;
    }

    [Fact]
    public void NumberAndSeriesAreTheProtocol()
    {
        var dose = DoseTests.Vxu([.. Dose, "OBX|1|NM|30973-2^Dose number^LN|1|2||||||F", "OBX|2|ST|59780-7^Series^LN|1|MMR programme||||||F", "OBX|3|NM|59782-3^Doses^LN|1|2||||||F"]).Resource("Immunization");
        Assert.Equal(("2", "MMR programme", "2"), (dose.At("protocolApplied/0/doseNumberPositiveInt"), dose.At("protocolApplied/0/series"), dose.At("protocolApplied/0/seriesDosesPositiveInt")));
    }

    [Fact]
    public void WhatIsTakenBackIsNoElement()
    {
        var translation = DoseTests.Vxu([.. Dose, "OBX|1|CE|30963-3^Funding^LN|1|PHC70^Public^99HK||||||W"]);
        Assert.Null(translation.Resource("Immunization").At("fundingSource"));
        Assert.Equal("entered-in-error", translation.Resource("Observation").At("status"));
    }

    [Fact]
    public void AForecastIsARecommendationAndNoDose()
    {
        var translation = Rsp([.. NoDose, "OBX|1|CE|30979-9^Due next^LN|1|03^MMR^CVX||||||F|||20260102", "OBX|2|DT|30980-7^Due^LN|1|20260401||||||F", "OBX|3|CE|59783-1^Status^LN|1|LA13423-1^Overdue^LN||||||F",
            "OBX|4|CE|30979-9^Due next^LN|2|88^Influenza^CVX||||||F", "OBX|5|DT|30980-7^Due^LN|2|20261001||||||F"]);
        Assert.DoesNotContain(translation.Resources, resource => resource.Type is "Immunization" or "Observation");
        var forecast = translation.Resource("ImmunizationRecommendation");
        Assert.Equal(("03", "overdue", "2026-04-01"), (forecast.At("recommendation/0/vaccineCode/0/coding/0/code"), forecast.At("recommendation/0/forecastStatus/coding/0/code"), forecast.At("recommendation/0/dateCriterion/0/value")));
        Assert.Equal("30980-7", forecast.At("recommendation/0/dateCriterion/0/code/coding/0/code"));
        Assert.Equal(("88", "unknown"), (forecast.At("recommendation/1/vaccineCode/0/coding/0/code"), forecast.At("recommendation/1/forecastStatus/extension/0/valueCode")));
        Assert.Equal("2026-01-02", forecast.At("date"));
    }

    [Fact]
    public void AnImmunityWithoutDoseIsAnObservation()
    {
        var translation = DoseTests.Vxu([.. NoDose, "OBX|1|CE|59784-9^Disease with presumed immunity^LN|1|38907003^Varicella^SCT||||||F"]);
        Assert.DoesNotContain(translation.Resources, resource => resource.Type == "Immunization");
        Assert.Equal("38907003", translation.Resource("Observation").At("valueCodeableConcept/coding/0/code"));
    }

    [Fact]
    public void AnAnswerNamesItsQueryAndHowItFared()
    {
        var translation = Rsp([.. Dose]);
        Assert.Equal(("Q7", "ok"), (translation.Resource("MessageHeader").At("response/identifier"), translation.Resource("MessageHeader").At("response/code")));
        Assert.Equal("OK", translation.Resource("Parameters").GetProperty("parameter").EnumerateArray().Single(parameter => parameter.At("name") == "QueryResponseStatus").At("valueString"));
    }

    [Fact]
    public void AQueryLeavesNothingInTheRecord()
    {
        var translation = Translating.Translate(Translating.Message("QBP^Q11^QBP_Q11", "QPD|Z44^Request^CDCPHINVS|T1|PN1^^^LABHK^MR|TESTPATIENT^ALPHA||19800102|F", "RCP|I|5^RD"));
        Assert.All(translation.Resources, resource => Assert.False(resource.AboutPatient));
        Assert.Equal(WriteMode.MessageOnly, translation.Entry("Parameters").Mode);
        var parameters = translation.Resource("Parameters").GetProperty("parameter").EnumerateArray().ToList();
        Assert.Equal("PN1", parameters.Single(parameter => parameter.At("name") == "PatientList").At("valueIdentifier/value"));
        Assert.Equal("1980-01-02", parameters.Single(parameter => parameter.At("name") == "PatientDateOfBirth").At("valueDateTime"));
    }

    [Fact]
    public void AnUnknownQueryKeepsItsFieldsAsText()
    {
        var translation = Translating.Translate(Translating.Message("QBP^Q11^QBP_Q11", "QPD|X9^Other^99HK|T1|@PID.3^PN1~@PID.7^1980"));
        var texts = translation.Resource("Parameters").GetProperty("parameter").EnumerateArray().Where(parameter => parameter.At("name") == "QPD-3").Select(parameter => parameter.At("valueString"));
        Assert.Equal(["@PID.3^PN1", "@PID.7^1980"], texts);
    }

    private static Translation Rsp(params string[] segments) => Translating.Translate(Translating.Message(
        "RSP^K11^RSP_K11", ["MSA|AA|Q7", "QAK|T1|OK|Z44^Request^CDCPHINVS", "QPD|Z44^Request^CDCPHINVS|T1", Translating.Patient, .. segments]));
}
