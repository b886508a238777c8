using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir;

/// <summary>OBX-2 and OBX-5 to Observation.value[x].</summary>
public class ObservationValueTests
{
    [Theory]
    [InlineData("NM", "1.50", "valueQuantity/value", "1.50")]
    [InlineData("NM", "+007.10", "valueQuantity/value", "7.10")]
    [InlineData("NM", "-.5", "valueQuantity/value", "-0.5")]
    [InlineData("NM", "<5", "valueQuantity/comparator", "<")]
    [InlineData("NM", "<5", "valueQuantity/value", "5")]
    [InlineData("NM", ">= 5.50", "valueQuantity/value", "5.50")]
    [InlineData("NM", "<low", "valueString", "<low")]
    [InlineData("NM", "1.50E3", "valueQuantity/value", "1.50E3")]
    [InlineData("NM", "-.5e-12", "valueQuantity/value", "-0.5e-12")]
    [InlineData("NM", "1E", "valueString", "1E")]
    [InlineData("NM", "1E300", "valueString", "1E300")]
    [InlineData("NM", "haemolysed", "valueString", "haemolysed")]
    [InlineData("SN", ">^100", "valueQuantity/comparator", ">")]
    [InlineData("SN", ">^100", "valueQuantity/value", "100")]
    [InlineData("SN", "^1^:^128", "valueRatio/denominator/value", "128")]
    [InlineData("SN", "^2.5^-^3.50", "valueRange/high/value", "3.50")]
    [InlineData("SN", "^3^+", "valueString", "3 +")]
    [InlineData("SN", "<>^3", "valueString", "<> 3")]
    [InlineData("CWE", "10828004^Positive^SCT", "valueCodeableConcept/coding/0/system", "http://snomed.info/sct")]
    [InlineData("CE", "POS^Positive^L", "valueCodeableConcept/coding/0/system", "urn:ehealthplus:local:lab:L")]
    [InlineData("CE", "POS^Positive", "valueCodeableConcept/coding/0/system", "urn:ehealthplus:local:lab:OBX-5")]
    [InlineData("ST", "first~second", "valueString", "first\nsecond")]
    [InlineData("TX", @"one\.br\two \T\ three", "valueString", "one\ntwo & three")]
    [InlineData("FT", "A&B^C", "valueString", "A&B^C")]
    [InlineData("DT", "20260102", "valueDateTime", "2026-01-02")]
    [InlineData("TS", "20260102030405.12+0800", "valueDateTime", "2026-01-02T03:04:05.12+08:00")]
    [InlineData("TM", "0930", "valueTime", "09:30:00")]
    [InlineData("NR", "1.0^2.0", "valueRange/low/value", "1.0")]
    [InlineData("NR", "1.0^2.0", "valueRange/high/value", "2.0")]
    [InlineData("CQ", "5.0^mL", "valueQuantity/unit", "mL")]
    [InlineData("DR", "20260101^20260102", "valuePeriod/end", "2026-01-02")]
    [InlineData("XPN", "TESTPATIENT^ALPHA", "valueString", "TESTPATIENT ALPHA")]
    public void IsReadByItsType(string type, string value, string path, string expected)
    {
        var observation = Translating.Translate(Translating.Result($"OBX|1|{type}|1-1^Test^LN||{value}||||||F")).Resource("Observation");
        Assert.Equal(expected, observation.At(path));
    }

    [Theory]
    [InlineData("NM", "<5", "mg", null, "mg")]
    [InlineData("NM", "1.50E3", "10*3/uL", null, "10*3/uL")]
    [InlineData("NM", "5-10", "/HPF^per field^L", "5-10 per field", null)]
    [InlineData("ST", "5.5", "mg/L", "5.5 mg/L", null)]
    [InlineData("ST", "<0.1", "mg/L", "<0.1 mg/L", null)]
    [InlineData("", "5.5", "mg/L", "5.5 mg/L", null)]
    [InlineData("ST", "negative", "mg/L", "negative", null)]
    [InlineData("ST", "5.5~6.5", "mg/L", "5.5\n6.5", null)]
    [InlineData("TX", "5 ^ 6", "mg/L", "5 ^ 6", null)]
    public void ANumberKeepsItsUnitWhateverItsTypeIs(string type, string value, string unit, string? text, string? unitOfQuantity)
    {
        var observation = Translating.Translate(Translating.Result($"OBX|1|{type}|1-1^Test^LN||{value}|{unit}|||||F")).Resource("Observation");
        Assert.Equal((text, unitOfQuantity), (observation.At("valueString"), observation.At("valueQuantity/unit")));
    }

    [Fact]
    public void ANumberThatIsNoneKeepsItsUnitInTheLedger()
    {
        var translation = Translating.Translate(Translating.Result("OBX|1|NM|1-1^Test^LN||low|g/dL|||||F"));
        Assert.Equal("Not a number", translation.Row("OBX[1]-5[1].1.1").Rule);
        Assert.Equal(LedgerDisposition.Carried, translation.Row("OBX[1]-6[1].1.1").Disposition);
    }

    [Fact]
    public void RepeatedCodesAndNumbersAreComponents()
    {
        var observation = Translating.Translate(Translating.Result("OBX|1|NM|8867-4^Heart rate^LN||27~25.0|/min^/min^UCUM|||||F")).Resource("Observation");
        Assert.Null(observation.At("valueQuantity"));
        Assert.Equal("27", observation.At("component/0/valueQuantity/value"));
        Assert.Equal("25.0", observation.At("component/1/valueQuantity/value"));
        Assert.Equal("8867-4", observation.At("component/1/code/coding/0/code"));
        Assert.Equal("http://unitsofmeasure.org", observation.At("component/1/valueQuantity/system"));
    }

    [Theory]
    [InlineData("g/dL^gram^UCUM", "gram", "g/dL", "http://unitsofmeasure.org")]
    [InlineData("g/dL", "g/dL", null, null)]
    [InlineData("u1^^L", "u1", "u1", "urn:ehealthplus:local:lab:L")]
    public void UnitsSayWhichSystemTheyAreOf(string unit, string text, string? code, string? system)
    {
        var observation = Translating.Translate(Translating.Result($"OBX|1|NM|1-1^Test^LN||1|{unit}|||||F")).Resource("Observation");
        Assert.Equal(text, observation.At("valueQuantity/unit"));
        Assert.Equal(code, observation.At("valueQuantity/code"));
        Assert.Equal(system, observation.At("valueQuantity/system"));
    }

    [Theory]
    [InlineData("12.0-16.0", "12.0", "16.0")]
    [InlineData("-5 - -1", "-5", "-1")]
    [InlineData("<5.0", null, "5.0")]
    [InlineData(">=60", "60", null)]
    [InlineData("negative", null, null)]
    [InlineData("1-2-3", null, null)]
    public void ReferenceRangesKeepTheirTextAndGiveTheirBounds(string range, string? low, string? high)
    {
        var observation = Translating.Translate(Translating.Result($"OBX|1|NM|1-1^Test^LN||1|g/L|{range}||||F")).Resource("Observation");
        Assert.Equal(range, observation.At("referenceRange/0/text"));
        Assert.Equal(low, observation.At("referenceRange/0/low/value"));
        Assert.Equal(high, observation.At("referenceRange/0/high/value"));
    }

    [Fact]
    public void AbnormalFlagsGoThroughTheTable()
    {
        var observation = Translating.Translate(Translating.Result("OBX|1|NM|1-1^Test^LN||1|g/L||H~HH|||F")).Resource("Observation");
        Assert.Equal("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", observation.At("interpretation/0/coding/0/system"));
        Assert.Equal("HH", observation.At("interpretation/1/coding/0/code"));
    }

    [Fact]
    public void EncapsulatedDataIsADocumentThatTheObservationNames()
    {
        var translation = Translating.Translate(Translating.Result("OBX|1|ED|PDF^Report^L||LAB^application^pdf^Base64^SGVsbG8=||||||F"));
        var document = translation.Resource("DocumentReference");
        Assert.Equal("application/pdf", document.At("content/0/attachment/contentType"));
        Assert.Equal("SGVsbG8=", document.At("content/0/attachment/data"));
        Assert.Equal("current", document.At("status"));
        Assert.Equal($"DocumentReference/{document.At("id")}", translation.Resource("Observation").At("derivedFrom/0/reference"));
    }

    [Theory]
    [InlineData("A", "Hello", "SGVsbG8=")]
    [InlineData("Hex", "48656C6C6F", "SGVsbG8=")]
    [InlineData("Base64", "not base64!", null)]
    public void DataIsBase64WhateverItCameIn(string encoding, string data, string? expected)
    {
        var translation = Translating.Translate(Translating.Result($"OBX|1|ED|T^Report^L||LAB^text^plain^{encoding}^{data}||||||F"));
        Assert.Equal(expected, translation.Resource("DocumentReference").At("content/0/attachment/data"));
        if (expected is null) Assert.Equal("Not in the encoding that it states", translation.Row("OBX[1]-5[1].5.1").Rule);
    }

    [Fact]
    public void APointerIsADocumentElsewhere()
    {
        var document = Translating.Translate(Translating.Result("OBX|1|RP|IMG^Image^L||https://images.example.org/1^PACS^image^jpeg||||||F")).Resource("DocumentReference");
        Assert.Equal("https://images.example.org/1", document.At("content/0/attachment/url"));
        Assert.Equal("image/jpeg", document.At("content/0/attachment/contentType"));
    }
}
