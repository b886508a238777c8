using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir;

/// <summary>Precision and zone of times are kept, and never invented.</summary>
public class DateTimeTests
{
    [Theory]
    [InlineData("2026", "2026")]
    [InlineData("202601", "2026-01")]
    [InlineData("20260102", "2026-01-02")]
    [InlineData("202601020304+0800", "2026-01-02T03:04:00+08:00")]
    [InlineData("20260102030405.1200-0330", "2026-01-02T03:04:05.1200-03:30")]
    [InlineData("20240229", "2024-02-29")]
    [InlineData("20260230", null)]
    [InlineData("20261301", null)]
    [InlineData("20260102250000+0800", null)]
    [InlineData("20260102030405+1500", null)]
    [InlineData("2 January", null)]
    public void ATimeIsWrittenAsItWasGiven(string given, string? expected)
    {
        var translation = Translate(given);
        // Where it is no date, the time of the report stands in: it has none here.
        Assert.Equal(expected, translation.Resource("Observation").At("effectiveDateTime"));
        var row = translation.Row("OBX[1]-14[1].1.1");
        Assert.Equal(expected is null ? LedgerDisposition.Carried : LedgerDisposition.Mapped, row.Disposition);
        if (expected is null) Assert.Equal("Not a calendar date", row.Rule);
    }

    [Fact]
    public void ATimeWithoutZoneIsADateAndTheLedgerKeepsTheRest()
    {
        var translation = Translate("20260102030405");
        Assert.Equal("2026-01-02", translation.Resource("Observation").At("effectiveDateTime"));
        Assert.Equal(LedgerDisposition.Carried, translation.Row("OBX[1]-14[1].1.1").Disposition);
    }

    [Fact]
    public void TheSourcesZoneIsAppliedAndNoted()
    {
        var translation = Translate("20260102030405", "+08:00");
        Assert.Equal("2026-01-02T03:04:05+08:00", translation.Resource("Observation").At("effectiveDateTime"));
        var row = translation.Row("OBX[1]-14[1].1.1");
        Assert.Equal((LedgerDisposition.Mapped, "Zone taken from the source's setting"), (row.Disposition, row.Rule));
    }

    [Fact]
    public void TheZoneOfMsh7GoesBeforeTheSources()
    {
        var message = Translating.Result("OBX|1|NM|1-1^T^LN||1|g|||||F|||20260102030405", "OBR|1||F1|1^T^LN").Replace("|20260102||ORU", "|20260102000000+0900||ORU", StringComparison.Ordinal);
        Assert.Equal("2026-01-02T03:04:05+09:00", Translating.Translate(message, Translating.Context("+08:00")).Resource("Observation").At("effectiveDateTime"));
    }

    [Fact]
    public void AnInstantIsWholeOrNotThere()
    {
        var translation = Translating.Translate(Translating.Result("OBX|1|NM|1-1^T^LN||1|g|||||F", "OBR|1||F1|1^T^LN||||||||||||||||||20260102|||F"));
        Assert.Null(translation.Resource("DiagnosticReport").At("issued"));
        Assert.Equal("FHIR asks for a time to the second with zone here", translation.Row("OBR[1]-22[1].1.1").Rule);
    }

    [Fact]
    public void TheTimeOfBirthStandsBesideTheDate()
    {
        var patient = Translating.Translate(Translating.Message("ADT^A28^ADT_A05", "PID|1||1^^^H^MR||TESTPATIENT^ALPHA||198001020304+0800|F")).Resource("Patient");
        Assert.Equal("1980-01-02", patient.At("birthDate"));
        Assert.Equal("1980-01-02T03:04:00+08:00", patient.At("_birthDate/extension/0/valueDateTime"));
    }

    private static Translation Translate(string time, string? offset = null) =>
        Translating.Translate(Translating.Result($"OBX|1|NM|1-1^T^LN||1|g|||||F|||{time}", "OBR|1||F1|1^T^LN"), Translating.Context(offset));
}
