using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Merging;
using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Adt;

/// <summary>A message that says less of an allergy, a diagnosis, a procedure, a specimen or an insurance than the record knows takes nothing from it.</summary>
public sealed class PartialStatementTests
{
    private const string Allergy = "IAM|1|DA|PCN^Penicillin^99HK|SV|Hives|A|||||20200101||20260101||||C";

    [Fact]
    public void An_allergy_keeps_reaction_onset_and_verification()
    {
        var known = Translate("A60", Pid, Allergy).Only("AllergyIntolerance");
        Assert.Equal(WriteMode.Merge, known.Mode);
        foreach (var less in new[] { "AL1|1|DA|PCN^Penicillin^99HK", "IAM|1|DA|PCN^Penicillin^99HK|||U" })
        {
            var record = After(known, Translate("A08", Pid, less).Only("AllergyIntolerance"));
            Assert.True(JsonElement.DeepEquals(known.Read(), record), record.GetRawText());
        }

        // An order names it in passing.
        foreach (var order in new[] { Order("AL1|1|DA|PCN^Penicillin^99HK"), Translate("RDE^O11", Pid, "IAM|1|DA|PCN^Penicillin^99HK|||A", "ORC|NW|P1", "RXE||1|1||1") })
            Assert.Equal((known.Id, WriteMode.CreateIfAbsent), (order.Only("AllergyIntolerance").Id, order.Only("AllergyIntolerance").Mode));
    }

    [Fact]
    public void An_allergy_changes_by_what_is_said_of_it()
    {
        var known = Translate("A60", Pid, Allergy).Only("AllergyIntolerance");
        var record = After(known, Translate("A60", Pid, "IAM|1|DA|PCN^Penicillin^99HK||Wheeze|U").Only("AllergyIntolerance"));
        Assert.Equal(("Wheeze", "severe"), (record.At("reaction/0/manifestation/0/text"), record.At("reaction/0/severity")));
        record = After(known, Translate("A60", Pid, "IAM|1|DA|PCN^Penicillin^99HK|||U|||||||||||I").Only("AllergyIntolerance"));
        Assert.Equal(("inactive", "confirmed"), (StatusOf(record, "clinicalStatus"), StatusOf(record, "verificationStatus")));
        record = After(known, Translate("A60", Pid, "IAM|1|DA|PCN^Penicillin^99HK||\"\"|U|||||\"\"||||||\"\"").Only("AllergyIntolerance"));
        Assert.Equal((null, null, "active", null), (record.At("reaction"), record.At("onsetDateTime"), StatusOf(record, "clinicalStatus"), record.At("verificationStatus")));
    }

    [Theory]
    [InlineData("I", "AL1|1|DA|PCN", "inactive")]
    [InlineData("I", "IAM|1|DA|PCN|||U", "inactive")]
    [InlineData("I", "IAM|1|DA|PCN|||A", "active")]
    [InlineData("I", "IAM|1|DA|PCN|||U|||||||||||C", "active")]
    [InlineData("E", "AL1|1|DA|PCN", "active")]
    public void An_allergy_is_active_again_when_it_is_told_so(string before, string again, string status)
    {
        var known = Translate("A60", Pid, $"IAM|1|DA|PCN|||U|||||||||||{before}").Only("AllergyIntolerance");
        var record = After(known, Translate("A08", Pid, again).Only("AllergyIntolerance"));
        Assert.Equal(status, StatusOf(record, "clinicalStatus"));
        // R4 ait-2.
        Assert.NotEqual("entered-in-error", StatusOf(record, "verificationStatus"));
    }

    [Fact]
    public void A_withdrawn_allergy_has_no_clinical_status()
    {
        var record = After(Translate("A60", Pid, Allergy).Only("AllergyIntolerance"), Translate("A60", Pid, "IAM|1|DA|PCN^Penicillin^99HK|||D").Only("AllergyIntolerance"));
        Assert.Equal(("entered-in-error", null), (StatusOf(record, "verificationStatus"), record.At("clinicalStatus")));
    }

    [Fact]
    public void A_diagnosis_keeps_visit_onset_and_asserter()
    {
        var known = Translate("A01", Pid, Pv1(), "DG1|1||J18.9^Pneumonia^I10||20261119|A||||||||||D1^TESTDOCTOR").Only("Condition");
        var record = After(known, Translate("A08", Pid, Pv1(), "DG1|1||J18.9^Pneumonia^I10|||W").Only("Condition"));
        Assert.True(JsonElement.DeepEquals(known.Read(), record), record.GetRawText());

        var nulled = Translate("A08", Pid, Pv1(), "DG1|1||J18.9^Pneumonia^I10||\"\"|W||||||||||\"\"").Only("Condition");
        record = After(known, nulled);
        Assert.Equal((null, null), (record.At("onsetDateTime"), record.At("asserter")));
    }

    [Theory]
    [InlineData("OMG^O19", "OBR|1|P1||1^T^LN")]
    [InlineData("OMP^O09", "RXO|1^Drug")]
    public void An_order_names_a_diagnosis_of_its_visit_in_passing(string type, string order)
    {
        var known = Translate("A01", Pid, Pv1(), "DG1|1||J18.9^Pneumonia^I10||20261119|A").Only("Condition");
        var named = Translate(type, Pid, Pv1(), "ORC|NW|P1", order, "DG1|1||J18.9^Pneumonia^I10|||W").Only("Condition");
        Assert.Equal((known.Id, WriteMode.CreateIfAbsent), (named.Id, named.Mode));
        Assert.Equal(known.Read().At("encounter/reference"), named.Read().At("encounter/reference"));
        Assert.NotNull(named.Read().At("encounter/reference"));
    }

    [Fact]
    public void A_withdrawn_diagnosis_that_is_told_again_stands_again()
    {
        var known = Translate("A08", Pid, Pv1(), "DG1|1||J18.9^Pneumonia^I10|||A|||||||||||||||D").Only("Condition");
        Assert.Null(After(known, Translate("A08", Pid, Pv1(), "DG1|1||J18.9^Pneumonia^I10|||A").Only("Condition")).At("verificationStatus"));
    }

    [Fact]
    public void A_procedure_keeps_its_status_and_who_took_part()
    {
        const string Done = "PR1|1||0DTJ4ZZ^Appendectomy^I10P||20261120101500||60|A1^TESTANAESTHETIST|||S1^TESTSURGEON";
        var known = Translate("A03", Pid, Pv1(discharged: "20261121"), Done).Only("Procedure");
        var record = After(known, Translate("A08", Pid, Pv1(), "PR1|1||0DTJ4ZZ^Appendectomy^I10P||20261120101500||60||||S2^TESTSURGEON").Only("Procedure"));
        Assert.Equal("completed", record.At("status"));
        Assert.Equal(["304292004", "88189002"], record.GetProperty("performer").EnumerateArray().Select(performer => performer.At("function/coding/0/code")));

        var withdrawn = After(known, Translate("A08", Pid, Pv1(), Done + "|||||||||D").Only("Procedure"));
        Assert.Equal("entered-in-error", withdrawn.At("status"));
        var again = Translate("A08", Pid, Pv1(), Done).Only("Procedure");
        Assert.Equal("unknown", ResourceMerge.Merge(JsonSerializer.SerializeToUtf8Bytes(withdrawn), again.Json, again.DeletedElements).Read().At("status"));
    }

    [Fact]
    public void A_specimen_keeps_how_it_was_collected()
    {
        const string Whole = "SPM|1|S1&EHR||BLD^Blood|||VENIP^Venipuncture|LA^Left arm||||5^mL||Fasting|||20261121083000|||||||HEM^Hemolyzed";
        var known = Translate("OML^O21", Pid, "ORC|NW|P1", "OBR|1|P1||1^T^LN", Whole).Only("Specimen");
        var reported = Translate("ORU^R01", Pid, "ORC|RE|P1|F1", "OBR|1|P1|F1|1^T^LN|||||||||||||||||||||F", "OBX|1|NM|1^T^LN||1|||||F", "SPM|1|S1&EHR^F9&LAB||BLD^Blood||||||||6^mL||||||20261121090000").Only("Specimen");
        Assert.Equal((known.Id, WriteMode.Merge), (reported.Id, reported.Mode));
        var record = After(known, reported);
        Assert.Equal(("2026-11-21T08:30:00+08:00", "6", "VENIP"), (record.At("collection/collectedDateTime"), record.At("collection/quantity/value"), record.At("collection/method/coding/0/code")));
        Assert.Equal(("LA", "Fasting", "HEM"), (record.At("collection/bodySite/coding/0/code"), record.At("note/0/text"), record.At("condition/0/coding/0/code")));
        Assert.Equal((2, 1), (record.GetProperty("identifier").GetArrayLength(), record.GetProperty("request").GetArrayLength()));

        var nulled = Translate("OML^O21", Pid, "ORC|XO|P1", "OBR|1|P1||1^T^LN", "SPM|1|S1&EHR||BLD^Blood|||||||||||||\"\"").Only("Specimen");
        Assert.Equal((null, "VENIP"), (After(known, nulled).At("collection/collectedDateTime"), After(known, nulled).At("collection/method/coding/0/code")));
    }

    [Fact]
    public void An_insurance_keeps_its_term_and_member_number()
    {
        const string Short = "IN1|1|PLAN1^Gold|I1|TEST INSURER";
        var known = Translate("A01", Pid, Short + "||||G1||||20260101|20261231", "IN2" + new string('|', 61) + "M1").Only("Coverage");
        var record = After(known, Translate("A08", Pid, Short + "||||||||20260201").Only("Coverage"));
        Assert.Equal(("2026-02-01", "2026-12-31", "G1"), (record.At("period/start"), record.At("period/end"), record.At("class/0/value")));
        Assert.Equal(["PLAN1", "M1"], record.GetProperty("identifier").EnumerateArray().Select(identifier => identifier.At("value")));
        Assert.Equal(WriteMode.CreateIfAbsent, Order(Short).Only("Coverage").Mode);
    }

    private static Translation Order(string segment) => Translate("ORM^O01", Pid, segment, "ORC|NW|P1", "OBR|1|P1||1^T^LN");

    private static JsonElement After(TranslatedResource known, TranslatedResource update)
    {
        Assert.Equal(known.Id, update.Id);
        return ResourceMerge.Merge(known.Json, update.Json, update.DeletedElements).Read();
    }

    private static string? StatusOf(JsonElement resource, string element) => resource.At($"{element}/coding/0/code");
}
