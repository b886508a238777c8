using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Scheduling;

/// <summary>AIP[Appointment]: who sees the patient.</summary>
internal static class AipAppointment
{
    public static void Map(SegmentValue aip, FhirNode appointment, bool request)
    {
        aip[1].Drop(DropRule.SetId);
        AppointmentResource.DropAction(aip);
        foreach (var person in aip[3])
        {
            var practitioner = Xcn.ToPractitioner(person); // AIP-3 XCN[Practitioner]
            if (!practitioner.Populated) continue;
            if (AppointmentResource.IsRemoved(aip))
            {
                aip.Mapping.Resources.Of(appointment).Delete($"participant:Practitioner/{practitioner.TextOf("id")}");
                continue;
            }

            var participant = AppointmentResource.Participant(appointment, aip, aip[12], request); // AIP-12 participant.status[1]
            participant.AddConcepts("type", aip[4]); // AIP-4 participant.type[1]
            participant.Refer("actor", practitioner); // AIP-3 participant.actor[1]
            AppointmentResource.Period(participant, appointment, aip); // AIP-6 AIP-7 AIP-9 participant.period
        }
    }
}
