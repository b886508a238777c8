using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Merging;
using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir;

/// <summary>What each ADT event does to the visit.</summary>
public sealed class AdtVisitTests
{
    /// <summary>With an action (DG1-21) a DG1 tells of one; without, those of the message are all.</summary>
    [Theory]
    [InlineData("A", "I10 J18.9 E11.9")]
    [InlineData("D", "J18.9 E11.9")]
    [InlineData("", "I10")]
    public void The_visit_lists_the_diagnoses_that_it_has(string action, string codes)
    {
        var admitted = Translate("A01", Pid, Pv1(), "DG1|1||J18.9^Pneumonia^I10|||A", "DG1|2||E11.9^Diabetes^I10|||A", action == "D" ? "DG1|3||I10^Hypertension^I10|||A" : "ZXX|1");
        var billed = Translate("BAR^P12", Pid, Pv1(), $"DG1|1||I10^Hypertension^I10|||A|||||||||||||||{action}");
        var update = billed.Only("Encounter");
        var record = ResourceMerge.Merge(admitted.Only("Encounter").Json, update.Json, update.DeletedElements).Read();
        var conditions = admitted.Resources.Concat(billed.Resources).Where(resource => resource.Type == "Condition")
            .DistinctBy(condition => condition.Id).ToDictionary(condition => $"Condition/{condition.Id}", condition => condition.Read().At("code/coding/0/code"));
        Assert.Equal(codes, string.Join(' ', record.GetProperty("diagnosis").EnumerateArray().Select(diagnosis => conditions[diagnosis.At("condition/reference")!])));
    }

    [Theory]
    [InlineData("A01", "in-progress")]
    [InlineData("A02", "in-progress")]
    [InlineData("A03", "finished")]
    [InlineData("A04", "arrived")]
    [InlineData("A08", "unknown")]
    [InlineData("A11", "cancelled")]
    [InlineData("A13", "in-progress")]
    [InlineData("A05", "planned")]
    [InlineData("A06", "in-progress")]
    [InlineData("A09", "in-progress")]
    [InlineData("A10", "arrived")]
    [InlineData("A12", "in-progress")]
    [InlineData("A14", "planned")]
    [InlineData("A21", "onleave")]
    [InlineData("A22", "in-progress")]
    [InlineData("A23", "entered-in-error")]
    [InlineData("A27", "cancelled")]
    [InlineData("A28", "unknown")]
    [InlineData("A30", "unknown")]
    [InlineData("A31", "unknown")]
    [InlineData("A38", "cancelled")]
    [InlineData("A53", "onleave")]
    [InlineData("A54", "unknown")]
    [InlineData("A60", "unknown")]
    public void The_event_says_the_status(string trigger, string status)
    {
        var encounter = Translate(trigger, Pid, trigger == "A30" ? "MRG|MRN0003^^^HOSPITAL^MR\r" + Pv1() : Pv1()).Only("Encounter");

        Assert.Equal(status, encounter.Read().At("status"));
        Assert.Equal(status, encounter.Index.Status);
        Assert.Equal("IMP", encounter.Read().At("class/code"));
        Assert.Equal($"Patient/{Subject}", encounter.Read().At("subject/reference"));
    }

    [Fact]
    public void One_visit_has_one_id_through_all_its_events_and_results()
    {
        var ids = new[] { "A01", "A02", "A03", "A08", "A11", "A13", "ORU^R01" }.Select(trigger => Translate(trigger, Pid, Pv1()).Only("Encounter").Id).Distinct();

        Assert.Single(ids);
        Assert.NotEqual(ids.Single(), Translate("A01", Pid, Pv1(visit: "V0002^^^HOSPITAL^VN")).Only("Encounter").Id);
        Assert.NotEqual(ids.Single(), Translate("A01", Pid, Pv1(visit: "V0001^^^OTHER^VN")).Only("Encounter").Id);
    }

    [Fact]
    public void Without_a_visit_number_the_account_and_then_the_admission_time_tell_visits_apart()
    {
        var account = Pid + "||||||||||ACC1^^^HOSPITAL";
        Assert.Equal(Id(account, Pv1(visit: "", admitted: "")), Id(account, Pv1(visit: "", admitted: "20261120")));
        Assert.Equal(Id(Pid, Pv1(visit: "")), Id(Pid, Pv1(visit: "", location: "ICU")));
        Assert.NotEqual(Id(Pid, Pv1(visit: "")), Id(Pid, Pv1(visit: "", admitted: "20270101")));
        Assert.NotEqual(Id(Pid, Pv1(visit: "", admitted: "")), Id(Pid, Pv1(visit: "", admitted: "")));

        static string Id(params ReadOnlySpan<string> segments) => Translate("A08", segments).Only("Encounter").Id;
    }

    [Fact]
    public void A_transfer_tells_where_the_patient_is_and_was()
    {
        var translation = Translate("A02", Pid, Pv1(location: "ICU^01^A", prior: "W3^301^1"));
        var encounter = translation.Only("Encounter").Read();

        Assert.Equal("active", encounter.At("location/0/status"));
        Assert.Equal("completed", encounter.At("location/1/status"));
        Assert.Equal("A", Location(encounter.At("location/0/location/reference")!).At("name"));
        Assert.Equal("1", Location(encounter.At("location/1/location/reference")!).At("name"));

        JsonElement Location(string reference) => translation.Resources.Single(resource => $"{resource.Type}/{resource.Id}" == reference).Read();
    }

    [Fact]
    public void A_discharge_ends_the_visit_and_its_cancellation_takes_that_back()
    {
        var admitted = Translate("A01", Pid, Pv1()).Only("Encounter");
        var discharged = Translate("A03", Pid, Pv1(disposition: "01", admitted: "", discharged: "20261124110000")).Only("Encounter");
        var cancelled = Translate("A13", Pid, Pv1(admitted: "")).Only("Encounter");

        var after = Merge(admitted.Json, discharged);
        Assert.Equal("finished", after.Read().At("status"));
        Assert.Equal("2026-11-20T10:15:00+08:00", after.Read().At("period/start"));
        Assert.Equal("2026-11-24T11:00:00+08:00", after.Read().At("period/end"));
        Assert.Equal("01", after.Read().At("hospitalization/dischargeDisposition/coding/0/code"));
        Assert.Equal("completed", after.Read().At("location/0/status"));

        after = Merge(after, cancelled);
        Assert.Equal("in-progress", after.Read().At("status"));
        Assert.Equal("2026-11-20T10:15:00+08:00", after.Read().At("period/start"));
        Assert.Null(after.Read().At("period/end"));
        Assert.Null(after.Read().At("hospitalization"));
        Assert.Equal("active", after.Read().At("location/0/status"));
    }

    [Fact]
    public void An_update_changes_what_it_says_deletes_what_it_nulls_and_leaves_the_rest()
    {
        var first = Pv1().Split('|');
        (first[4], first[10]) = ("R", "MED");
        var second = Pv1(location: "W4^1^1", admitted: "").Split('|');
        second[10] = "\"\"";
        var admitted = Translate("A01", Pid + "|||FLAT A^1 TEST STREET||^PRN^PH^^852^^21234567", string.Join('|', first));
        var update = Translate("A08", Pid + "|||FLAT B^2 TEST STREET||\"\"", string.Join('|', second));

        var encounter = Merge(admitted.Only("Encounter").Json, update.Only("Encounter")).Read();
        Assert.Equal("in-progress", encounter.At("status"));
        Assert.Equal("R", encounter.At("type/0/coding/0/code"));
        Assert.Null(encounter.At("serviceType"));
        Assert.Equal("2026-11-20T10:15:00+08:00", encounter.At("period/start"));

        var patient = Merge(admitted.Only("Patient").Json, update.Only("Patient")).Read();
        Assert.Equal("FLAT B", patient.At("address/0/line/0"));
        Assert.Null(patient.At("telecom"));
        Assert.Equal("TESTPATIENT", patient.At("name/0/family"));
    }

    [Theory]
    [InlineData("A03", "A08", "finished", "completed")]
    [InlineData("A03", "A31", "finished", "completed")]
    [InlineData("A11", "A08", "cancelled", null)]
    [InlineData("A11", "A31", "cancelled", null)]
    [InlineData("A23", "A28", "entered-in-error", null)]
    public void An_update_brings_nobody_back_to_bed(string end, string update, string status, string? location)
    {
        var ended = Merge(Translate("A01", Pid, Pv1()).Only("Encounter").Json, Translate(end, Pid, Pv1()).Only("Encounter"));
        foreach (var bed in new[] { "W3^301^1", "W4^1^1" })
        {
            var after = Merge(ended, Translate(update, Pid, Pv1(location: bed)).Only("Encounter")).Read();
            Assert.Equal((status, location), (after.At("status"), after.At("location/0/status")));
        }
    }

    [Fact]
    public void A_person_added_or_updated_has_no_visit()
    {
        var translation = Translate("A28", Pid, "PV1|1|N");

        Assert.DoesNotContain(translation.Resources, resource => resource.Type == "Encounter");
        Assert.Contains(translation.Ledger.Rows(), row => row.Location is { Segment: "PV1", Field: 2 } && row.Disposition == LedgerDisposition.Dropped);
    }

    private static byte[] Merge(ReadOnlyMemory<byte> current, TranslatedResource update)
    {
        Assert.Equal(WriteMode.Merge, update.Mode);
        return ResourceMerge.Merge(current, update.Json, update.DeletedElements);
    }
}
