using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Messages;

/// <summary>SIU of time that is blocked or opened (S23, S24): each Slot as the resource whose time it is (HL7 v2.8.2 10.4.12).</summary>
internal static class BlockedTime
{
    public static void Write(MessageDraft draft)
    {
        var source = draft.Source;
        var slots = source.All("Slot").ToList();
        var first = slots.FirstOrDefault();
        var sch = draft.Add("SCH").SetEi(1, Cx.OfType(first, "PLAC").FirstOrDefault()).SetEi(2, Cx.OfType(first, "FILL").FirstOrDefault());
        var schedule = source.Resolve(first.Get("schedule")).First("identifier");
        sch.Set(5, schedule.Text("value")).Set(5, Cwe.SystemName(schedule.Text("system")), 3);
        sch.Set(6, first.Text("comment"), 2).SetConcept(8, first.Get("appointmentType"));
        draft.AddNumbered("RGS").Set(2, "A");
        foreach (var slot in slots) Resource(draft, slot);
    }

    private static void Resource(MessageDraft draft, JsonElement slot)
    {
        var actor = draft.Source.Resolve(slot.Get("schedule")).First("actor");
        var segment = AppointmentResource.Begin(draft, actor);
        AppointmentResource.SetTime(segment, slot.Text("start"), Durations.Minutes(slot));
    }
}
