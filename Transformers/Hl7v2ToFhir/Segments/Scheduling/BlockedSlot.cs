using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Scheduling;

/// <summary>
/// AIG, AIL and AIP of SIU S23 and S24: time of a person, place or thing that is blocked or open again, as a Slot of its Schedule
/// (R4 12.8 and 12.9). The official maps have no such event. The slot is known by its resource and start.
/// </summary>
internal static class BlockedSlot
{
    public static void Map(SegmentValue segment, SegmentValue sch, FhirNode header)
    {
        var mapping = segment.Mapping;
        var (start, number, units) = AppointmentResource.TimesOf(segment);
        segment[1].Drop(DropRule.SetId);
        AppointmentResource.DropAction(segment);
        var resource = segment[3];
        if (!resource.HasValue) return;
        var schedule = mapping.Resources.BeginShared("Schedule");
        var actor = segment.Name switch { "AIP" => Xcn.ToPractitioner(resource), "AIL" => Pl.ToLocation(resource), _ => default };
        if (actor.Populated) schedule.ReferItem("actor", actor);
        else AigAppointment.Actor(schedule.Item("actor"), resource, AigAppointment.KindOf(segment[4]));
        if (sch[5].HasValue) Identifier(schedule, sch[5]);
        schedule = mapping.Resources.Share(schedule, mapping.Resources.Key("Schedule").AddAll(resource.First));

        var slot = mapping.Resources.BeginShared("Slot");
        var tq1 = mapping.First("TQ1", sch.Index);
        // R4 Slot asks for both times: without them nobody knows what is blocked.
        if (!slot.SetInstant("start", start) && !slot.SetInstant("start", tq1[7]) && !slot.SetInstant("start", sch[11].First[4])) return;
        var begun = slot.TextOf("start");
        var ended = (Durations.TryRead(number, units, out var length) && slot.SetLater("end", begun, length, number))
            || slot.SetInstant("end", tq1[8]) || slot.SetInstant("end", sch[11].First[5])
            || (Durations.TryRead(sch[9], sch[10], out length) && slot.SetLater("end", begun, length, sch[9]));
        if (!ended)
        {
            slot.Remove();
            return;
        }

        slot.AddIdentifier("identifier", sch[1], "PLAC");
        slot.AddIdentifier("identifier", sch[2], "FILL");
        slot.SetConcept("appointmentType", sch[8]);
        slot.Refer("schedule", schedule);
        var trigger = mapping.Segments[0][9].First[2];
        slot.Set("status", trigger.Is("S23"u8) ? "busy-unavailable" : "free", trigger.Leaf).AlsoFromAll("status", sch[25].First);
        slot.SetJoined("comment", " "u8, sch[6].First[2].HasValue ? sch[6].First[2] : sch[6].First);
        mapping.Resources.Own(slot, mapping.Resources.Key("Slot").Add(schedule.Utf8Of("id")).Add(begun!));
        header.ReferItem("focus", slot);
    }

    // SCH-5: the source's own name of the schedule.
    private static void Identifier(FhirNode schedule, Value cwe)
    {
        var identifier = schedule.Item("identifier");
        identifier.SetText("value", cwe[1]);
        if (cwe[1].Leaf >= 0 && !Cwe.SetSystem(identifier, "system", cwe[3])) identifier.ConstantText("system", LocalUri.Of(cwe.Mapping, "SCH-5"u8));
    }
}
