using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Orders;

/// <summary>Specimens and containers in front of or behind their orders, and the devices of monitors.</summary>
public class SpecimenAndDeviceTests
{
    private const string Obr = "OBR|1|P1^EHR|F1^LAB|58410-2^CBC^LN|||20260102020000+0800||||||||||||||||||F";

    [Fact]
    public void ASpecimenInFrontHoldsForAllItsOrdersUpToTheNext()
    {
        var translation = Translate(
            "OUL^R22", "SPM|1|S1&EHR||BLD", Obr, "OBX|1|NM|718-7^Hb^LN||13|g|||||F", "OBR|2|P2^EHR|F2^LAB|4548-4^A1c^LN", "OBX|1|NM|4548-4^A1c^LN||6|%|||||F",
            "SPM|2|S2&EHR||UR", "OBR|3|P3^EHR|F3^LAB|5778-6^Colour^LN", "OBX|1|ST|5778-6^Colour^LN||Straw||||||F");
        var first = $"Specimen/{translation.Entry("Specimen").Id}";
        Assert.Equal(first, translation.Resource("DiagnosticReport").At("specimen/0/reference"));
        Assert.Equal(first, translation.Resource("Observation", 1).At("specimen/reference"));
        Assert.Equal($"Specimen/{translation.Entry("Specimen", 1).Id}", translation.Resource("Observation", 2).At("specimen/reference"));
        Assert.Equal(2, translation.Resource("Specimen").GetProperty("request").GetArrayLength());
    }

    [Fact]
    public void AnOrcBehindItsObrIsOfThatOrder()
    {
        var translation = Translate("OUL^R24", Obr, "ORC|RE|P1^EHR|F1^LAB||CM|||||||D1^TESTDOCTOR", "OBX|1|NM|718-7^Hb^LN||13|g|||||F");
        Assert.Single(translation.Resources, resource => resource.Type == "ServiceRequest");
        Assert.Equal($"Practitioner/{translation.Entry("Practitioner").Id}", translation.Resource("ServiceRequest").At("requester/reference"));
        Assert.Equal($"Observation/{translation.Entry("Observation").Id}", translation.Resource("DiagnosticReport").At("result/0/reference"));
    }

    [Fact]
    public void AnObservationOfASpecimenIsAboutTheSpecimen()
    {
        var translation = Translate("OUL^R22", "SPM|1|S1&EHR||BLD", "OBX|1|NM|VOL^Volume^L||4.8|mL|||||F", Obr, "OBX|1|NM|718-7^Hb^LN||13|g|||||F");
        Assert.Equal($"Specimen/{translation.Entry("Specimen").Id}", translation.Resource("Observation").At("focus/0/reference"));
        Assert.Equal(1, translation.Resource("DiagnosticReport").GetProperty("result").GetArrayLength());
    }

    [Fact]
    public void AContainerWithoutSpecimenBelongsToTheOrderBehindIt()
    {
        var translation = Translate("OUL^R21", "SAC|||T1^LAB", Obr, "OBX|1|NM|718-7^Hb^LN||13|g|||||F", "SAC|||T2^LAB", "OBR|2|P2^EHR|F2^LAB|4548-4^A1c^LN");
        Assert.Equal("T1", translation.Resource("Specimen").At("container/0/identifier/0/value"));
        Assert.Null(translation.Resource("Specimen").At("container/1"));
        Assert.Equal($"Specimen/{translation.Entry("Specimen", 1).Id}", translation.Resource("DiagnosticReport", 1).At("specimen/0/reference"));
    }

    [Fact]
    public void ARefusedSpecimenIsUnsatisfactoryAndSaysWhy()
    {
        var specimen = Translate("OUL^R22", "SPM|1|S1&EHR||BLD||||||||||||||||Y|RB^Broken container^HL70490", Obr).Resource("Specimen");
        Assert.Equal(("unsatisfactory", "RB"), (specimen.At("status"), specimen.At("condition/0/coding/0/code")));
    }

    [Fact]
    public void AMeasurementNamesTheChannelOfTheMonitorThatMadeIt()
    {
        var translation = Translate(
            "ORU^R01", Obr, "OBX|1||69965^MDC_DEV_MON_PHYSIO_MULTI_PARAM_MDS^MDC|1.0.0.0|||||||X|||||||MON7^EHR", "OBX|2||69854^MDC_DEV_METER_PRESS_BLD_VMD^MDC|1.1.0.0|||||||X",
            "OBX|3||69855^MDC_DEV_METER_PRESS_BLD_CHAN^MDC|1.1.1.0|||||||X", "OBX|4|NM|150021^MDC_PRESS_BLD_NONINV_SYS^MDC|1.1.1.150021|120|266016^MDC_DIM_MMHG^MDC|||||R");
        var channel = translation.Entry("Device", 2).Id;
        Assert.Single(translation.Resources, resource => resource.Type == "Observation");
        Assert.Equal($"Device/{channel}", translation.Resource("Observation").At("device/reference"));
        Assert.Equal($"Device/{translation.Entry("Device", 1).Id}", translation.Resource("Device", 2).At("parent/reference"));
        Assert.Equal("MON7", translation.Resource("Device").At("identifier/0/value"));
    }

    [Theory]
    [InlineData("250", "4")]
    [InlineData("400", "2.5")]
    public void AWaveformWithItsRateIsSampledData(string rate, string period)
    {
        var observation = Waveform("0.10^0.12^-0.05", $"OBX|2|NM|67981^MDC_ATTR_SAMP_RATE^MDC|1.1.1.7.1|{rate}|264608^MDC_DIM_PER_SEC^MDC|||||R");
        Assert.Equal((period, "0.10 0.12 -0.05"), (observation.At("valueSampledData/period"), observation.At("valueSampledData/data")));
    }

    [Theory]
    [InlineData("0.10^0.12", "NTE|1||no rate")]
    [InlineData("0.10^0.12", "OBX|2|NM|67981^MDC_ATTR_SAMP_RATE^MDC|1.1.1.7.1|300||||||R")]
    [InlineData("0.10^none", "OBX|2|NM|67981^MDC_ATTR_SAMP_RATE^MDC|1.1.1.7.1|250||||||R")]
    public void AWaveformThatR4CantTimeIsText(string values, string next)
    {
        var observation = Waveform(values, next);
        Assert.Null(observation.At("valueSampledData"));
        Assert.Equal(values.Replace('^', ' '), observation.At("valueString"));
    }

    [Fact]
    public void AnAlarmIsACommunicationThatPointsAtWhatItTells()
    {
        var translation = Translate("ORU^R40", Obr, "OBX|1|ST|196670^MDC_EVT_LO^MDC||SpO2 low||||||R");
        var alert = translation.Resource("Communication");
        Assert.Equal("alert", alert.At("category/0/coding/0/code"));
        Assert.Equal($"Observation/{translation.Entry("Observation").Id}", alert.At("payload/0/contentReference/reference"));
    }

    [Fact]
    public void AStudyNamesItsSubjectAndItsReports()
    {
        var translation = Translate("CSU^C09", "CSR|STUDY1^SPONSOR|||SUBJ7^^^SPONSOR||20260101", "OBR|1|P1^EHR|F1^LAB|58410-2^CBC^LN", "OBX|1|NM|718-7^Hb^LN||13|g|||||F");
        Assert.Equal("on-study", translation.Resource("ResearchSubject").At("status"));
        Assert.Equal($"ResearchStudy/{translation.Entry("ResearchStudy").Id}", translation.Resource("DiagnosticReport").At("extension/0/valueReference/reference"));
    }

    private static System.Text.Json.JsonElement Waveform(string values, string next) =>
        Translate("ORU^R01", Obr, $"OBX|1|NA|131329^MDC_ECG_ELEC_POTL_I^MDC|1.1.1.7|{values}|266418^MDC_DIM_MILLI_VOLT^MDC|||||R", next).Resource("Observation");

    private static Translation Translate(string type, params string[] segments) => Translating.Translate(Translating.Message(type, [Translating.Patient, .. segments]));
}
