using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Scheduling;

/// <summary>AIL[Appointment]: where the appointment is.</summary>
internal static class AilAppointment
{
    public static void Map(SegmentValue ail, FhirNode appointment, bool request)
    {
        ail[1].Drop(DropRule.SetId);
        AppointmentResource.DropAction(ail);
        foreach (var place in ail[3])
        {
            var location = Pl.ToLocation(place); // AIL-3 PL[location]
            if (!location.Populated) continue;
            if (AppointmentResource.IsRemoved(ail))
            {
                ail.Mapping.Resources.Of(appointment).Delete($"participant:Location/{location.TextOf("id")}");
                continue;
            }

            var participant = AppointmentResource.Participant(appointment, ail, ail[12], request);
            participant.AddConcepts("type", ail[4]); // AIL-4 as AIP-4
            participant.Refer("actor", location); // AIL-3 participant.actor[1]
            AppointmentResource.Period(participant, appointment, ail); // AIL-6 AIL-7 AIL-9 participant.period
        }
    }
}
