using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Merging;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Pharmacy;

/// <summary>One prescription through its life: ordered, changed, dispensed, given, cancelled.</summary>
public class OrderLifeTests
{
    [Fact]
    public void OrderEncodingDispenseAndAdministrationSpeakOfOneRequest()
    {
        var ordered = Prescribing.Omp(Prescribing.Orc, "RXO|D1^Testin^99D|1||tab").Entry("MedicationRequest");
        var dispensed = Prescribing.Rds("ORC|RE|P1^EHR|F1^PH", "RXD|1|D1^Testin^99D|20260102|10|tab");
        var given = Prescribing.Ras("ORC|RE|P1^EHR|F1^PH", "RXA|1|1|20260102080000+0800||D1^Testin^99D|1|tab");
        Assert.Equal(ordered.Id, Prescribing.Rde("ORC|XO|P1^EHR|F1^PH", Prescribing.Rxe).Entry("MedicationRequest").Id);
        Assert.Equal($"MedicationRequest/{ordered.Id}", dispensed.Resource("MedicationDispense").At("authorizingPrescription/0/reference"));
        Assert.Equal($"MedicationRequest/{ordered.Id}", given.Resource("MedicationAdministration").At("request/reference"));
    }

    [Fact]
    public void WhoOnlyMentionsTheOrderDoesNotOverwriteIt()
    {
        Assert.Equal(WriteMode.Merge, Prescribing.Rde(Prescribing.Orc, Prescribing.Rxe).Entry("MedicationRequest").Mode);
        Assert.Equal(WriteMode.CreateIfAbsent, Prescribing.Rds(Prescribing.Orc, "RXD|1|D1^Testin^99D|20260102|10|tab").Entry("MedicationRequest").Mode);
    }

    [Theory]
    [InlineData("ORC|CA|P1^EHR|||IP", "cancelled")]
    [InlineData("ORC|DC|P1^EHR", "stopped")]
    [InlineData("ORC|HD|P1^EHR", "on-hold")]
    [InlineData("ORC|RL|P1^EHR", "active")]
    [InlineData("ORC|SC|P1^EHR|||CM", "completed")]
    [InlineData("ORC|UC|P1^EHR", "unknown")]
    [InlineData("ORC|UA|P1^EHR|||IP", "cancelled")]
    public void TheOrderControlSaysTheStatus(string orc, string status) => Assert.Equal(status, Prescribing.Rde(orc, Prescribing.Rxe).Request().At("status"));

    [Fact]
    public void ACancelWithoutDetailsLeavesDrugDoseAndPrescriptionNumber()
    {
        var first = Prescribing.Rde("ORC|NW|P1^EHR", "RXE||D1^Testin^99D|1||tab|TAB^Tablet^99D|||||||||RX77");
        var answer = Translating.Translate(Translating.Message("RRE^O12^RRE_O12", "MSA|AA|M1", Translating.Patient, "ORC|OC|P1^EHR|F1^PH"));
        var merged = Merge(first, answer);
        Assert.Equal("cancelled", merged.At("status"));
        Assert.Equal("D1", merged.At("contained/0/code/coding/0/code"));
        Assert.Equal("1", merged.At("dosageInstruction/0/doseAndRate/0/doseQuantity/value"));
        Assert.Equal(["P1", "F1", "RX77"], merged.GetProperty("identifier").EnumerateArray().Select(number => number.At("value")));
    }

    [Fact]
    public void AReadingBelongsToItsGivingAndNotToTheOrder()
    {
        Assert.NotEqual(Reading("20260102080000+0800", ""), Reading("20260102120000+0800", ""));
        Assert.NotEqual(Reading("20260102080000+0800", "|P1^EHR"), Reading("20260102120000+0800", "|P1^EHR"));
        Assert.Equal(Reading("20260102080000+0800", "|P1^EHR"), Reading("20260102080000+0800", "|P1^EHR"));

        static string Reading(string given, string number) =>
            Prescribing.Ras($"ORC|RE{number}", $"RXA|1|1|{given}||D1^Testin^99D|1|tab", "OBX|1|NM|8480-6^Systolic^LN||120|mm[Hg]|||||F").Entry("Observation").Id;
    }

    [Fact]
    public void AnotherDrugTakesThePlaceOfTheContainedOne()
    {
        var first = Prescribing.Rde("ORC|NW|P1^EHR", "RXE||D1^Testin^99D|1||tab|TAB^Tablet^99D");
        var change = Prescribing.Rde("ORC|XO|P1^EHR", "RXE||D2^Otherin^99D|1||tab");
        var merged = Merge(first, change);
        Assert.Equal("D2", merged.At("medicationCodeableConcept/coding/0/code"));
        Assert.Null(merged.At("medicationReference"));
        Assert.Null(merged.At("contained"));
    }

    [Fact]
    public void TheOrderAsGivenStaysWhereTheChangeDoesNotRepeatIt()
    {
        var first = Prescribing.Rde("ORC|NW|P1^EHR", "RXO|G1^Testin^99D|5||mg|TAB^Tablet^99D", Prescribing.Rxe);
        var change = Prescribing.Rde("ORC|XO|P1^EHR", "RXE||D2^Otherin^99D|1||tab|CAP^Capsule^99D");
        var ids = Merge(first, change).GetProperty("contained").EnumerateArray().Select(contained => contained.At("id")).Order().ToList();
        Assert.Equal(["medication", "ordered", "ordered-medication"], ids);
    }

    [Fact]
    public void TwoOrdersUnderOneNumberAreTwo() =>
        Assert.Equal(2, Prescribing.Rde("ORC|NW|P1^EHR", Prescribing.Rxe, "ORC|NW|P1^EHR", "RXE||D2^Otherin^99D|1||tab").Resources.Where(resource => resource.Type == "MedicationRequest").Select(resource => resource.Id).Distinct().Count());

    [Fact]
    public void EachIssueIsADispenseAndTheSameIssueIsTheSame()
    {
        string Id(string rxd) => Prescribing.Rds(Prescribing.Orc, rxd).Entry("MedicationDispense").Id;
        Assert.Equal(Id("RXD|1|D1^Testin^99D|20260102|10|tab"), Id("RXD|1|D1^Testin^99D|20260102|12|tab"));
        Assert.NotEqual(Id("RXD|1|D1^Testin^99D|20260102|10|tab"), Id("RXD|2|D1^Testin^99D|20260202|10|tab"));
    }

    [Fact]
    public void AGivingIsAnOrderForOneActUnderTheOrder()
    {
        var translation = Translating.Translate(Translating.Message("RGV^O15^RGV_O15", Translating.Patient, Prescribing.Orc, Prescribing.Rxe, "RXG|1|1||D1^Testin^99D|1||tab"));
        var give = translation.Request(1);
        Assert.Equal(("instance-order", $"MedicationRequest/{translation.Entry("MedicationRequest").Id}"), (give.At("intent"), give.At("basedOn/0/reference")));
    }

    [Fact]
    public void AnAnswerSaysHowTheMessageFaredAndFilesNoSecondDispense()
    {
        var answer = Translating.Translate(Translating.Message("RRD^O14^RRD_O14", "MSA|AE|M7", Translating.Patient, "ORC|OK|P1^EHR", "RXD|1|D1^Testin^99D|20260102|10|tab"));
        Assert.Equal(("M7", "fatal-error"), (answer.Resource("MessageHeader").At("response/identifier"), answer.Resource("MessageHeader").At("response/code")));
        Assert.DoesNotContain(answer.Resources, resource => resource.Type == "MedicationDispense");
        Assert.Equal("active", answer.Request().At("status"));
    }

    [Fact]
    public void ANoteAndAWeightStandAtTheOrder()
    {
        var translation = Prescribing.Omp(Prescribing.Orc, "RXO|D1^Testin^99D|1||tab", "NTE|1||with care", "OBX|1|NM|29463-7^Body weight^LN||62.40|kg|||||F");
        Assert.Equal("with care", translation.Request().At("note/0/text"));
        Assert.Equal($"Observation/{translation.Entry("Observation").Id}", translation.Request().At("supportingInformation/0/reference"));
        Assert.Equal("62.40", translation.Resource("Observation").At("valueQuantity/value"));
    }

    [Fact]
    public void ADrugOrderedAmongTestsIsAPrescriptionAndTheTestAServiceRequest()
    {
        var translation = Translating.Translate(Translating.Message(
            "ORM^O01^ORM_O01", Translating.Patient, Prescribing.Orc, "TQ1|1||BID", "RXO|D1^Testin^99D|1||tab", "NTE|1||with care", "RXR|PO", "ORC|NW|P2^EHR", "OBR|1|P2^EHR||58410-2^CBC^LN"));
        Assert.Equal(("D1", "2", "PO", "with care"), (translation.Request().At("medicationCodeableConcept/coding/0/code"), translation.Dosage().At("timing/repeat/frequency"),
            translation.Dosage().At("route/coding/0/code"), translation.Request().At("note/0/text")));
        Assert.Equal("58410-2", translation.Resource("ServiceRequest").At("code/coding/0/code"));
        Assert.Equal($"MedicationRequest/{translation.Entry("MedicationRequest").Id}", translation.Resource("MessageHeader").At("focus/0/reference"));
        Assert.Equal(translation.Entry("MedicationRequest").Id, Prescribing.Omp(Prescribing.Orc, "RXO|D1^Testin^99D|1||tab").Entry("MedicationRequest").Id);
    }

    private static JsonElement Merge(Translation before, Translation after)
    {
        var (old, update) = (before.Entry("MedicationRequest"), after.Entry("MedicationRequest"));
        Assert.Equal(old.Id, update.Id);
        return JsonDocument.Parse(ResourceMerge.Merge(old.Json, update.Json, update.DeletedElements)).RootElement;
    }

    [Theory]
    [InlineData("G1^EHR", "G1", null)]
    [InlineData("G1&EHR^G2&PHARMACY", "G1", "G2")]
    [InlineData("^G2&PHARMACY", null, "G2")]
    public void TheGroupHasTheNumbersOfPlacerAndFiller(string group, string? placer, string? filler)
    {
        var request = Prescribing.Rde($"ORC|NW|P1^EHR||{group}", Prescribing.Rxe).Request();
        Assert.Equal(placer, request.At("groupIdentifier/value"));
        Assert.Equal(filler, request.GetProperty("identifier").EnumerateArray().FirstOrDefault(one => one.At("type/coding/0/code") == "FGN") is { ValueKind: System.Text.Json.JsonValueKind.Object } found ? found.At("value") : null);
    }
}
