using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Scheduling;

/// <summary>
/// SCH[ServiceRequest]: the orders that the appointment is for (SCH-26, SCH-27; ARQ-24, ARQ-25). Said in passing, so that what the order
/// itself has told stays; the status of the appointment is not that of the order.
/// </summary>
internal static class SchServiceRequest
{
    /// <returns>One for each order number, in the order sent.</returns>
    public static List<FhirNode> Map(SegmentValue segment, FhirNode appointment)
    {
        var mapping = segment.Mapping;
        var fields = AppointmentFields.Of(segment);
        List<FhirNode> orders = [];
        if (mapping.SubjectId is null && !mapping.Patient.Populated) return orders;
        var fillers = Values(fields.FillerOrder);
        var placers = Values(fields.PlacerOrder);
        for (var place = 0; place < Math.Max(placers.Count, fillers.Count); place++)
        {
            var placer = place < placers.Count ? placers[place] : default;
            var filler = place < fillers.Count ? fillers[place] : default;
            var order = mapping.Resources.Begin("ServiceRequest", SharingCategory.EncountersAndAppointments, WriteMode.CreateIfAbsent);
            var number = placer.HasValue ? placer : filler;
            var service = mapping.First("AIS")[3].First;
            // The key of the order's own message: number, and the service that it is for.
            mapping.Resources.Own(order, mapping.Resources.Key("ServiceRequest").Add(number[1]).Add(number[2]).Add(number[3]).Add(service[1]).Add(service[3]));
            order.AddIdentifier("identifier", placer, "PLAC"); // SCH-26 identifier[1]
            order.AddIdentifier("identifier", filler, "FILL"); // SCH-27 EI[Identifier-Extension]
            order.Constant("status", "active"); // SCH IF SCH-25 NOT VALUED
            order.Constant("intent", "order"); // SCH-6 intent
            mapping.ReferToSubject(order, "subject");
            appointment.ReferItem("basedOn", order); // SCH-26 SCH-27 basedOn(ServiceRequest)
            orders.Add(order);
        }

        return orders;
    }

    private static List<Value> Values(FieldValue field)
    {
        List<Value> values = [];
        foreach (var value in field)
        {
            if (value[1].Leaf >= 0) values.Add(value);
        }

        return values;
    }
}
