using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2ToFhir;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir;

/// <summary>PID and MSH.</summary>
public class PatientTests
{
    [Fact]
    public void NullsDeleteInAnUpdateAndSayNothingInAResult()
    {
        const string Pid = "PID|1||1^^^H^MR||TESTPATIENT^ALPHA||\"\"|F|||\"\"||||\"\"|\"\"|||||||||||||\"\"";
        var update = Translating.Translate(Translating.Message("ADT^A31^ADT_A05", Pid));
        Assert.Equal(WriteMode.Merge, update.Entry("Patient").Mode);
        Assert.Equal(["birthDate", "address", "communication", "maritalStatus", "deceased"], update.Entry("Patient").DeletedElements);
        Assert.Null(update.Resource("Patient").At("birthDate"));
        Assert.Equal(LedgerDisposition.Dropped, update.Row("PID[1]-7[1].1.1").Disposition);
        Assert.Equal("\"\"", update.Row("PID[1]-7[1].1.1").Value);

        var result = Translating.Translate(Translating.Message("ORU^R01", Pid, "OBR|1||F1|1^T^LN"));
        Assert.Empty(result.Entry("Patient").DeletedElements);
        Assert.Equal(LedgerDisposition.Carried, result.Row("PID[1]-7[1].1.1").Disposition);
    }

    [Fact]
    public void NamesKeepHowTheyAreWritten()
    {
        var patient = Translating.Translate(Translating.Message("ADT^A28", "PID|1||1^^^H^MR||TESTPATIENT^ALPHA^^^^^L^A~測試^甲^^^^^L^I||1980|F")).Resource("Patient");
        Assert.Equal("ABC", patient.At("name/0/extension/0/valueCode"));
        Assert.Equal("測試", patient.At("name/1/family"));
        Assert.Equal("IDE", patient.At("name/1/extension/0/valueCode"));
    }

    [Fact]
    public void MappedCodesStandBesideTheOnesSent()
    {
        var patient = Translating.Translate(Translating.Message("ADT^A28", "PID|1||1^^^H^MR||TESTPATIENT^ALPHA||1980|A||||||||M^Wed^HL70002")).Resource("Patient");
        Assert.Equal("other", patient.At("gender"));
        Assert.Equal("http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", patient.At("maritalStatus/coding/0/system"));
        Assert.Equal("http://terminology.hl7.org/CodeSystem/v2-0002", patient.At("maritalStatus/coding/1/system"));
        Assert.Equal("Wed", patient.At("maritalStatus/coding/1/display"));
    }

    [Theory]
    [InlineData("LABHK&1.2.344.1&ISO", "urn:oid:1.2.344.1")]
    [InlineData("LABHK&426D2726-51FC-89FE-A946-8596E80A80EB&UUID", "urn:uuid:426d2726-51fc-89fe-a946-8596e80a80eb")]
    [InlineData("LAB HK", "urn:ehealthplus:local:lab:LAB%20HK")]
    [InlineData("LABHK&not.an.oid&ISO", "urn:ehealthplus:local:lab:LABHK")]
    public void AssigningAuthoritiesAreSystems(string authority, string system) =>
        Assert.Equal(system, Translating.Translate(Translating.Message("ADT^A28", $"PID|1||1^^^{authority}^MR||TESTPATIENT^ALPHA||1980|F")).Resource("Patient").At("identifier/0/system"));

    [Theory]
    [InlineData("ZZZ^A01", RejectionCode.MessageTypeUnsupported)]
    [InlineData("ADT^A99", RejectionCode.TriggerEventUnsupported)]
    public void WhatIsNotTranslatedIsRefused(string type, RejectionCode code)
    {
        var result = new Hl7v2Translator().Translate(System.Text.Encoding.UTF8.GetBytes(Translating.Message(type, Translating.Patient)), Translating.Context());
        Assert.Equal(code, result.Rejection?.Code);
    }

    [Fact]
    public void TwoPatientsInOneMessageAreRefused()
    {
        var message = Translating.Message("ORU^R30", Translating.Patient, "OBR|1||F1|1^T^LN", "PID|2||2^^^LABHK^MR||TESTPATIENT^BETA", "OBR|1||F2|1^T^LN");
        var result = new Hl7v2Translator().Translate(System.Text.Encoding.UTF8.GetBytes(message), Translating.Context());
        Assert.Equal((RejectionCode.SegmentSequenceInvalid, "PID[2]"), (result.Rejection!.Code, result.Rejection.Location.ToString()));
    }

    [Fact]
    public void TheSameBytesGiveTheSameBytes()
    {
        var message = Translating.Result("OBX|1|NM|1-1^T^LN||1|g|||||F");
        Assert.True(Translating.Translate(message).Bundle.Span.SequenceEqual(Translating.Translate(message).Bundle.Span));
    }
}
