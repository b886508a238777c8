using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Scheduling;

/// <summary>
/// AIS[Appointment] and AIS[ServiceRequest]: the service that is booked, and the order that it answers. The times of the service are
/// those of the appointment.
/// </summary>
internal static class AisAppointment
{
    public static void Map(SegmentValue ais, SegmentValue schedule, FhirNode appointment, List<FhirNode> orders)
    {
        var fields = AppointmentFields.Of(schedule);
        Repeated(ais[4], ais.Mapping.First("TQ1", schedule.Index)[7]);
        if (schedule.Name == "SCH") Repeated(ais[4], schedule[11].First[4]);
        Repeated(ais[7], fields.Duration);
        if (ais[8].First[1].Is(fields.DurationUnits.First[1].Utf8)) ais[8].Drop(DropRule.SameAsOther);
        if (fields.Status.HasValue && ais[10].First[1].Is(fields.Status.First[1].Utf8)) ais[10].Drop(DropRule.SameAsOther);
        ais[1].Drop(DropRule.SetId);
        AppointmentResource.DropAction(ais);
        if (ais[3].HasValue && AppointmentResource.IsRemoved(ais))
        {
            ais.Mapping.Resources.Of(appointment).Delete($"serviceType:{AppointmentResource.KeyOf(ais[3], "AIS-3"u8)}");
            ais[3].Drop(DropRule.Removed);
            return;
        }

        if (ais[3].HasValue) Cwe.ToCodeableConcept(appointment.Item("serviceType"), ais[3]); // AIS-3 CWE[CodeableConcept]
        if (orders.Count == 0) return;
        // Of several orders and services each goes with the one in the same place; a single order has them all.
        var order = orders[Math.Min(orders.Count - 1, PlaceOf(ais) - 1)];
        if (!order.Has("code")) order.SetConcept("code", ais[3]); // AIS-3: R4 has a code for what is asked for, where the official map takes an identifier
        Occurrence(ais, order);
        if (!order.Has("code")) return;
        order.AddConcepts("orderDetail", ais[11]); // AIS-11, as OBR-46
        order.AddConcepts("orderDetail", ais[12]); // AIS-12, as OBR-47
    }

    private static void Occurrence(SegmentValue ais, FhirNode order)
    {
        if (order.Has("occurrencePeriod")) return;
        var period = order.Object("occurrencePeriod");
        if (!period.SetDateTime("start", ais[4])) return; // AIS-4 occurrencePeriod.start
        if (Durations.TryRead(ais[7], ais[8], out var length)) period.SetLater("end", period.TextOf("start"), length, ais[7]); // AIS-7 occurrencePeriod.end
    }

    // What the service says as the appointment does is said once, at the appointment.
    private static void Repeated(Value value, Value same)
    {
        if (value.Leaf >= 0 && value.Is(same.Utf8)) value.Drop(DropRule.SameAsOther);
    }

    private static int PlaceOf(SegmentValue ais)
    {
        var place = 0;
        foreach (var segment in ais.Mapping.Segments)
        {
            if (segment.Name == "AIS") place++;
            if (segment.Index == ais.Index) break;
        }

        return place;
    }
}
