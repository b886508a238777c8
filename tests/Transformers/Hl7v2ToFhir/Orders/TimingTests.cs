using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Orders;

/// <summary>TQ1 and RPT as Timing: how often, when and how long (HL7 v2.8.2 4.5.4, 2A.66).</summary>
public class TimingTests
{
    [Theory]
    [InlineData("BID", """{"frequency":2,"period":1,"periodUnit":"d"}""")]
    [InlineData("QID", """{"frequency":4,"period":1,"periodUnit":"d"}""")]
    [InlineData("6ID", """{"frequency":6,"period":1,"periodUnit":"d"}""")]
    [InlineData("QOD", """{"frequency":1,"period":2,"periodUnit":"d"}""")]
    [InlineData("Q6H", """{"frequency":1,"period":6,"periodUnit":"h"}""")]
    [InlineData("QD", """{"frequency":1,"period":1,"periodUnit":"d"}""")]
    [InlineData("Q30M", """{"frequency":1,"period":30,"periodUnit":"min"}""")]
    [InlineData("Q2J3", """{"frequency":1,"period":2,"periodUnit":"wk","dayOfWeek":["wed"]}""")]
    [InlineData("Once", """{"count":1}""")]
    [InlineData("PRNQ4H", """{"frequency":1,"period":4,"periodUnit":"h"}""")]
    public void ARepeatPatternIsItsCodeAndWhatTheCodeSays(string pattern, string repeat)
    {
        var timing = Timing($"TQ1|1||{pattern}");
        Assert.Equal(pattern, timing.At("code/coding/0/code"));
        Assert.Equal(repeat, timing.At("repeat"));
    }

    [Theory]
    [InlineData("Q6HZ")]
    [InlineData("QX")]
    [InlineData("Q0H")]
    [InlineData("WHENEVER")]
    public void AnUnknownPatternIsACodeAlone(string pattern)
    {
        var timing = Timing($"TQ1|1||{pattern}");
        Assert.Equal(pattern, timing.At("code/coding/0/code"));
        Assert.StartsWith("urn:ehealthplus:local:lab:", timing.At("code/coding/0/system"), StringComparison.Ordinal);
        Assert.Null(timing.At("repeat"));
    }

    [Fact]
    public void APatternOfTheHospitalIsNotReadAsOneOfTheStandard() => Assert.Null(Timing("TQ1|1||BID&twice a week&99HK").At("repeat"));

    [Fact]
    public void APatternOutOfTheTableIsOfItsSystem() =>
        Assert.Equal("http://terminology.hl7.org/CodeSystem/v2-0335", Timing("TQ1|1||Q6H").At("code/coding/0/system"));

    [Fact]
    public void PeriodAndEventOfThePatternAreKept()
    {
        var timing = Timing("TQ1|1||XX&two-weekly&99HK^^^^2.0^wk^^ACM^0.5^h");
        Assert.Equal("""{"period":2.0,"periodUnit":"wk","when":["ACM"],"offset":30}""", timing.At("repeat"));
    }

    [Fact]
    public void DaysOfTheWeekCountFromMonday() => Assert.Equal("""["mon","fri"]""", Timing("TQ1|1||XX^DW^1^5").At("repeat/dayOfWeek"));

    [Fact]
    public void TimesOfTheDayRuleOutAMeal()
    {
        var translation = Translate("TQ1|1||XX^^^^^^^ACM|0800~2030");
        Assert.Equal("""{"timeOfDay":["08:00:00","20:30:00"]}""", Of(translation).At("repeat"));
        Assert.Equal(LedgerDisposition.Carried, translation.Row("TQ1[1]-3[1].8.1").Disposition);
    }

    [Fact]
    public void AStartGoesBeforeADuration()
    {
        var translation = Translate("TQ1|1||QD|||5^d|20260102080000+0800");
        Assert.Equal("2026-01-02T08:00:00+08:00", Of(translation).At("repeat/boundsPeriod/start"));
        Assert.Equal(LedgerDisposition.Carried, translation.Row("TQ1[1]-6[1].1.1").Disposition);
    }

    [Fact]
    public void ADurationIsOfUcum() =>
        Assert.Equal("""{"value":5,"unit":"days","system":"http://unitsofmeasure.org","code":"d"}""", Timing("TQ1|1|||||5^days").At("repeat/boundsDuration"));

    [Fact]
    public void ADurationWithoutUnitOfTimeIsCarried()
    {
        var translation = Translate("TQ1|1||QD|||5^TAB");
        Assert.Null(Of(translation).At("repeat/boundsDuration"));
        Assert.Equal(LedgerDisposition.Carried, translation.Row("TQ1[1]-6[1].1.1").Disposition);
    }

    [Fact]
    public void HowLongEachTimeTakesAndHowManyTimesThereAre()
    {
        var timing = Timing("TQ1|1||QD||||||||||30^min|10");
        Assert.Equal("""{"frequency":1,"period":1,"periodUnit":"d","durationUnit":"min","duration":30,"count":10}""", timing.At("repeat"));
    }

    [Fact]
    public void AsTheNeedArisesIsSaidOfTheOrder()
    {
        Assert.Equal("true", Translate("TQ1|1||PRN").Resource("ServiceRequest").At("asNeededBoolean"));
        Assert.Equal("if febrile", Translate("TQ1|1||PRN|||||||if febrile").Resource("ServiceRequest").At("asNeededCodeableConcept/text"));
    }

    private static Translation Translate(string tq1) => Translating.Translate(Translating.Message(
        "ORU^R01^ORU_R01", Translating.Patient, "OBR|1|P1^EHR|F1^LAB|58410-2^CBC^LN|||20260102020000+0800||||||||||||||||||F", tq1));

    private static System.Text.Json.JsonElement Of(Translation translation) => translation.Resource("ServiceRequest").GetProperty("occurrenceTiming");

    private static System.Text.Json.JsonElement Timing(string tq1) => Of(Translate(tq1));

    [Theory]
    [InlineData("TQ1|1||Q6H||||20260105080000+0800", "2026-01-05T08:00:00+08:00", LedgerDisposition.Carried)]
    [InlineData("TQ1|1||Q6H", "2026-01-04T08:00:00+08:00", LedgerDisposition.Mapped)]
    [InlineData("TQ1|1||Q6H|||3^d", null, LedgerDisposition.Carried)]
    public void TheRequestedTimeOfOlderVersionsGivesWayToATiming(string tq1, string? start, LedgerDisposition requested)
    {
        var message = Requested("OML^O21^OML_O21", "ORC|NW|P1", tq1);
        var request = message.Resource("ServiceRequest");
        Assert.Null(request.At("occurrenceDateTime"));
        Assert.Equal("6", request.At("occurrenceTiming/repeat/period"));
        Assert.Equal(start, request.At("occurrenceTiming/repeat/boundsPeriod/start"));
        Assert.Equal(requested, message.Row("OBR[1]-6[1].1.1").Disposition);
    }

    [Theory]
    [InlineData("TQ1|1||||||||R")]
    [InlineData("NTE|1||no timing")]
    public void WithoutATimingTheRequestedTimeStays(string segment) =>
        Assert.Equal("2026-01-04T08:00:00+08:00", Requested("OML^O21^OML_O21", "ORC|NW|P1", segment).Resource("ServiceRequest").At("occurrenceDateTime"));

    [Fact]
    public void ATimingOfTheOrderSegmentGoesBeforeToo()
    {
        var request = Requested("ORM^O01", "ORC|NW|P1|||||^Q6H^^20260105080000+0800", "NTE|1").Resource("ServiceRequest");
        Assert.Equal(("2026-01-05T08:00:00+08:00", null), (request.At("occurrenceTiming/repeat/boundsPeriod/start"), request.At("occurrenceDateTime")));
    }

    [Fact]
    public void AResultDoesNotSayAgainWhenItWasAskedFor()
    {
        var result = Requested("ORU^R01^ORU_R01", "ORC|RE|P1", "NTE|1");
        Assert.Null(result.Resource("ServiceRequest").At("occurrenceDateTime"));
        Assert.Equal("A result repeats when it was asked for: the order has it", result.Row("OBR[1]-6[1].1.1").Rule);
    }

    private static Translation Requested(string type, string orc, string segment) =>
        Translating.Translate(Translating.Message(type, Translating.Patient, orc, "OBR|1|P1|F1|58410-2^CBC^LN||20260104080000+0800|||||||||||||||||||F", segment));
}
