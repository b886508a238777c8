using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Merging;
using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Adt;

/// <summary>Cancels cancel: what the record holds after the event and its cancel.</summary>
public sealed class CancelTests
{
    [Fact]
    public void A_cancelled_transfer_leaves_only_the_location_before_it()
    {
        var record = After(("A01", Pv1("W3^301^1")), ("A02", Pv1("ICU^1^1", "W3^301^1")), ("A12", Pv1("W3^301^1", "ICU^1^1")));

        Assert.Equal(Translate("A01", Pid, Pv1("W3^301^1")).Only("Encounter").Read().At("location/0/location/reference"), record.At("location/0/location/reference"));
        Assert.Equal(("active", null), (record.At("location/0/status"), record.At("location/1/status")));
    }

    [Fact]
    public void A_cancelled_pending_transfer_frees_the_reserved_bed()
    {
        var pending = Pv1().Split('|').ToList();
        pending[42] = "ICU^1^1";
        var record = After(("A01", Pv1()), ("A15", string.Join('|', pending)), ("A26", string.Join('|', pending)));

        Assert.Equal(1, record.GetProperty("location").GetArrayLength());
        Assert.Equal("active", record.At("location/0/status"));
    }

    [Fact]
    public void A_cancelled_pending_discharge_forgets_its_day_and_nothing_else()
    {
        var pending = After(("A01", Pv1()), ("A16", Pv1() + "\rPV2||||||||20261124|20261126"));
        Assert.Equal(2, pending.GetProperty("extension").GetArrayLength());
        var record = After(("A01", Pv1()), ("A16", Pv1() + "\rPV2||||||||20261124|20261126"), ("A25", Pv1()));

        Assert.EndsWith("plannedStartDate", record.At("extension/0/url"), StringComparison.Ordinal);
        Assert.Equal(1, record.GetProperty("extension").GetArrayLength());
    }

    [Fact]
    public void A_cancelled_leave_of_absence_brings_the_visit_back()
    {
        Assert.Equal("in-progress", After(("A01", Pv1()), ("A21", Pv1()), ("A52", Pv1())).At("status"));
        Assert.Equal("onleave", After(("A01", Pv1()), ("A21", Pv1()), ("A22", Pv1()), ("A53", Pv1())).At("status"));
    }

    [Fact]
    public void A_cancelled_admission_has_no_bed_in_use()
    {
        var record = After(("A01", Pv1()), ("A11", Pv1()));
        Assert.Equal(("cancelled", null), (record.At("status"), record.At("location/0/status")));
    }

    [Fact]
    public void A_deleted_person_is_no_longer_in_use_and_still_refers_to_the_citizen()
    {
        var patient = Translate("A29", Pid, "PV1|1|N").Only("Patient").Read();
        Assert.Equal(("false", "refer"), (patient.At("active"), patient.At("link/0/type")));
    }

    [Theory]
    [InlineData("A01", "true")]
    [InlineData("A04", "true")]
    [InlineData("A28", "true")]
    [InlineData("A08", "false")]
    public void A_deleted_person_who_comes_or_is_added_again_is_in_use(string trigger, string active)
    {
        var deleted = Translate("A29", Pid, "PV1|1|N").Only("Patient");
        var update = Translate(trigger, Pid, Pv1()).Only("Patient");
        Assert.Equal(active, ResourceMerge.Merge(deleted.Json, update.Json, update.DeletedElements).Read().At("active"));
    }

    /// <summary>The Encounter in the record after these events.</summary>
    private static JsonElement After(params ReadOnlySpan<(string Trigger, string Pv1)> events)
    {
        ReadOnlyMemory<byte> record = default;
        foreach (var (trigger, pv1) in events)
        {
            var update = Translate(trigger, Pid, pv1).Only("Encounter");
            record = record.IsEmpty ? update.Json : ResourceMerge.Merge(record, update.Json, update.DeletedElements);
        }

        return JsonDocument.Parse(record).RootElement;
    }
}
