using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Merging;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Scheduling;

/// <summary>The life of an appointment through SIU, SRM and SRR.</summary>
public class AppointmentTests
{
    private const string Doctor = "AIP|1||D1^TESTDOCTOR^ONE|AT";
    private const string Room = "AIL|1||CLINIC^R1|C";
    private const string Service = "AIS|1||S1^Visit^99SVC";

    private static string Sch(string status = "", string start = "20261210090000", string reason = "") =>
        $"SCH|PA1^CLINIC|FA1^HOSPITAL||||{reason}|||30|min|^^^{start}||||||||||||||{status}";

    private static Translation Send(string trigger, params ReadOnlySpan<string> segments) =>
        AdtMessage.Translate($"SIU^{trigger}^SIU_S12", [AdtMessage.Pid, .. segments]);

    private static JsonElement After(params ReadOnlySpan<Translation> messages)
    {
        ReadOnlyMemory<byte> record = default;
        foreach (var message in messages)
        {
            var update = message.Only("Appointment");
            if (record.IsEmpty) record = update.Json;
            else if (update.Mode == WriteMode.Merge) record = ResourceMerge.Merge(record, update.Json, update.DeletedElements);
        }

        return record.ToArray().Read();
    }

    private static string[] Actors(JsonElement appointment) =>
        [.. appointment.GetProperty("participant").EnumerateArray().Select(participant => participant.GetProperty("actor").GetProperty("reference").GetString()!.Split('/')[0])];

    [Fact]
    public void EveryEventOfOneAppointmentIsAboutTheSameResource()
    {
        var booked = Send("S12", Sch(), "RGS|1", Doctor).Only("Appointment");
        Assert.Equal(booked.Id, Send("S13", Sch(start: "20261211090000")).Only("Appointment").Id);
        Assert.Equal(booked.Id, Send("S15", Sch()).Only("Appointment").Id);
        Assert.NotEqual(booked.Id, Send("S12", "SCH|PA2^CLINIC").Only("Appointment").Id);
    }

    [Theory]
    [InlineData("S12", "", "booked")]
    [InlineData("S14", "Started", "checked-in")]
    [InlineData("S14", "Complete^Complete^HL70278", "fulfilled")]
    [InlineData("S12", "Waitlist", "waitlist")]
    [InlineData("S15", "Booked", "cancelled")]
    [InlineData("S16", "Dc", "cancelled")]
    [InlineData("S17", "", "entered-in-error")]
    [InlineData("S26", "Noshow", "noshow")]
    public void TheEventAndTheFillerSayHowItStands(string trigger, string stated, string expected) =>
        Assert.Equal(expected, Send(trigger, Sch(stated)).Only("Appointment").Read().At("status"));

    [Fact]
    public void ACancelledAppointmentKeepsWhoWasToTakePartAndSaysWhy()
    {
        var appointment = After(Send("S12", Sch(), "RGS|1", Service, Room, Doctor), Send("S15", Sch(reason: "PAT^Patient^99EVT")));
        Assert.Equal("cancelled", appointment.At("status"));
        Assert.Equal("PAT", appointment.At("cancelationReason/coding/0/code"));
        Assert.Equal(["Patient", "Location", "Practitioner"], Actors(appointment));
        Assert.Equal("S1", appointment.At("serviceType/0/coding/0/code"));
    }

    [Fact]
    public void ARescheduledAppointmentHasItsNewTimesAlone()
    {
        var appointment = After(Send("S12", Sch(), "RGS|1", Doctor), Send("S13", Sch(start: "20261211100000"), "RGS|1", Doctor));
        Assert.Equal("2026-12-11T10:00:00+08:00", appointment.At("start"));
        Assert.Equal("2026-12-11T10:30:00+08:00", appointment.At("end"));
    }

    [Fact]
    public void AModificationThatListsItsResourcesLeavesTheOldOnesOut()
    {
        var appointment = After(Send("S12", Sch(), "RGS|1", Doctor), Send("S14", Sch(), "RGS|1", "AIP|1||D2^TESTDOCTOR^TWO|AT"));
        Assert.Equal(["Patient", "Practitioner"], Actors(appointment));
    }

    [Theory]
    [InlineData("S18", "AIL|1||CLINIC^R2|C", 4)]
    [InlineData("S20", "AIL|1||CLINIC^R1|C", 2)]
    [InlineData("S22", "AIP|1||D1^TESTDOCTOR^ONE", 2)]
    [InlineData("S14", "AIP|1|D|D1^TESTDOCTOR^ONE", 2)]
    [InlineData("S19", "AIP|1|U|D1^TESTDOCTOR^ONE|CO", 3)]
    public void AChangeOfOneResourceLeavesTheOthers(string trigger, string change, int participants) =>
        Assert.Equal(participants, Actors(After(Send("S12", Sch(), "RGS|1", Service, Room, Doctor), Send(trigger, Sch(), "RGS|1", change))).Length);

    [Fact]
    public void AServiceThatIsTakenOffGoes()
    {
        var appointment = After(Send("S12", Sch(), "RGS|1", Service, "AIS|2||S2^Blood test^99SVC"), Send("S20", Sch(), "RGS|1", "AIS|1||S2^Blood test^99SVC"));
        Assert.Equal("S1", Assert.Single(appointment.GetProperty("serviceType").EnumerateArray()).At("coding/0/code"));
    }

    [Fact]
    public void AnUpdateWithoutTimesLeavesTheTimesOfTheRecord()
    {
        var appointment = After(Send("S12", Sch()), Send("S14", "SCH|PA1^CLINIC|FA1^HOSPITAL"));
        Assert.Equal("2026-12-10T09:00:00+08:00", appointment.At("start"));
        Assert.Null(appointment.At("_start"));
    }

    [Fact]
    public void ARequestIsProposedAndItsAnswerBooksIt()
    {
        var asked = AdtMessage.Translate("SRM^S01^SRM_S01", "ARQ|PA1^CLINIC||||||||30|min|20261210^20261212", AdtMessage.Pid);
        var answered = AdtMessage.Translate("SRR^S01^SRR_S01", "MSA|AA|M1", Sch("Booked"), AdtMessage.Pid);
        Assert.Equal("proposed", asked.Only("Appointment").Read().At("status"));
        Assert.Equal("2026-12-12", asked.Only("Appointment").Read().At("requestedPeriod/0/end"));
        Assert.Equal("booked", After(asked, answered).At("status"));
        Assert.Equal($"Appointment/{asked.Only("Appointment").Id}", answered.Only("AppointmentResponse").Read().At("appointment/reference"));
        Assert.Equal("accepted", answered.Only("AppointmentResponse").Read().At("participantStatus"));
        Assert.Equal("M1", answered.Only("MessageHeader").Read().At("response/identifier"));
    }

    [Fact]
    public void ARequestToCancelChangesNothingBeforeItIsAnswered()
    {
        var asked = AdtMessage.Translate("SRM^S04^SRM_S01", "ARQ|PA1^CLINIC", AdtMessage.Pid);
        Assert.Equal("booked", After(Send("S12", Sch()), asked).At("status"));
    }

    [Fact]
    public void ARefusalWithoutAppointmentStillSaysWhatWasWrong()
    {
        var answer = AdtMessage.Translate("SRR^S01^SRR_S01", "MSA|AE|M1", "ERR||ARQ^1^11|101^Required field missing^HL70357|E||||No time given");
        var issue = answer.Only("OperationOutcome").Read().GetProperty("issue")[0];
        Assert.Equal("fatal-error", answer.Only("MessageHeader").Read().At("response/code"));
        Assert.Equal("required", issue.At("code"));
        Assert.Equal("ARQ[1]-11", issue.At("location/0"));
        Assert.DoesNotContain(answer.Resources, resource => resource.Type == "Appointment");
    }

    [Fact]
    public void BlockedTimeIsASlotOfEachResourceAndOpensAgain()
    {
        var blocked = AdtMessage.Translate("SIU^S23^SIU_S12", Sch(), "RGS|1", Room, Doctor);
        var opened = AdtMessage.Translate("SIU^S24^SIU_S12", Sch(), "RGS|1", Room, Doctor);
        var slots = blocked.Resources.Where(resource => resource.Type == "Slot").ToList();
        Assert.Equal(2, slots.Count);
        Assert.Equal("busy-unavailable", slots[0].Read().At("status"));
        Assert.Equal(slots.Select(slot => slot.Id), opened.Resources.Where(resource => resource.Type == "Slot").Select(slot => slot.Id));
        Assert.Equal("free", opened.Resources.First(resource => resource.Type == "Slot").Read().At("status"));
        Assert.All(slots, slot => Assert.False(slot.AboutPatient));
    }

    [Fact]
    public void TheOrdersThatItIsForAreNamed()
    {
        var booked = Send("S12", "SCH|PA1|FA1|||||||||^^^20261210090000^20261210093000|||||||||||||||O1^EHR~O2^EHR|F1^LAB");
        Assert.Equal(2, booked.Resources.Count(resource => resource.Type == "ServiceRequest"));
        Assert.Equal($"ServiceRequest/{booked.Entry("ServiceRequest", 1).Id}", booked.Only("Appointment").Read().At("basedOn/1/reference"));
    }
}
