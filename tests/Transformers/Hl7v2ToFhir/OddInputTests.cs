using EHealthPlus.Routing.Contracts.Messages;
using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Translating;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir;

/// <summary>Values that the standard allows, and nobody expects: they are carried, and the rest of the message is translated.</summary>
public class OddInputTests
{
    private const string LastDay = "99991231235959+0800";

    [Theory]
    [InlineData("\\H\\")]
    [InlineData("\\.fi\\")]
    [InlineData(" \\H\\ \\N\\")]
    public void AValueOfFormattingAloneIsBlank(string duration)
    {
        var order = Translate(Message("ORM^O01", Patient, $"ORC|NW|P1^EHR|||||^Q6H^{duration}", "OBR|1|P1^EHR||58410-2^CBC^LN"));
        Assert.Equal("Blank", order.Row("ORC[1]-7[1].3.1").Rule);
        Assert.Equal("6", order.Resource("ServiceRequest").At("occurrenceTiming/repeat/period"));
    }

    [Fact]
    public void FormattedTextIsKept() =>
        Assert.Equal("6", Translate(Message("ORM^O01", Patient, "ORC|NW|P1^EHR|||||^\\H\\Q6H", "OBR|1|P1^EHR||58410-2^CBC^LN")).Resource("ServiceRequest").At("occurrenceTiming/repeat/period"));

    [Fact]
    public void AProcedureAtTheEndOfTimeHasNoEnd()
    {
        var message = Translate(Message("ADT^A01^ADT_A01", Patient, "PV1|1|I", $"PR1|1||80146002^Appendectomy^SCT||{LastDay}||30"));
        Assert.Equal("9999-12-31T23:59:59+08:00", message.Resource("Procedure").At("performedDateTime"));
        Assert.Equal(LedgerDisposition.Carried, message.Row("PR1[1]-7[1].1.1").Disposition);
    }

    [Theory]
    [InlineData(LastDay, "30")]
    [InlineData("00010101000000+0000", "-30")]
    public void AnAppointmentAtTheEndsOfTimeHasNoEnd(string start, string duration)
    {
        var message = Translate(Message("SIU^S12^SIU_S12", "SCH|PA1|FA1|||||||||^^^", Patient, "RGS|1", $"AIS|1||S1^Visit^99SVC|{start}|||{duration}|min"));
        Assert.Null(message.Resource("Appointment").At("end"));
        Assert.Equal(LedgerDisposition.Carried, message.Row("AIS[1]-7[1].1.1").Disposition);
    }

    [Fact]
    public void ARateThatIsNearlyNothingTimesNoWaveform()
    {
        var message = Translate(Message(
            "ORU^R01^ORU_R01", Patient, "OBR|1||F1^LAB|131328^MDC_ECG_ELEC_POTL^MDC|||20260102020000+0800||||||||||||||||||F",
            "OBX|1|NA|131330^MDC_ECG_ELEC_POTL_II^MDC|1.1.1.7|0.10^0.12||||||F", $"OBX|2|NM|67981^MDC_ATTR_SAMP_RATE^MDC|1.1.1.7.1|0.{new string('0', 27)}1|264608^MDC_DIM_PER_SEC^MDC|||||F"));
        Assert.All(message.Resources.Where(resource => resource.Type == "Observation"), observation => Assert.Null(AdtMessage.Read(observation).At("valueSampledData")));
    }
}
