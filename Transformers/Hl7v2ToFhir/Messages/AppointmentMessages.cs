using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Scheduling;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// SIU_S12, SRM_S01 and SRR_S01 (HL7 v2.8.2 10.3 to 10.5): notified, asked for, and answered. The same segments around SCH or ARQ make
/// one appointment; segments are taken as they come.
/// </summary>
internal static class AppointmentMessages
{
    /// <summary>SIU: the record follows what the filler tells.</summary>
    public static void Notify(Mapping mapping) => Map(mapping, "SCH", WriteMode.Merge);

    /// <summary>SRM S01: an appointment that is proposed.</summary>
    public static void Propose(Mapping mapping) => Map(mapping, "ARQ", WriteMode.Merge);

    /// <summary>SRM S02 to S11: what is asked changes nothing in the record before the filler says that it did.</summary>
    public static void AskForChange(Mapping mapping) => Map(mapping, "ARQ", WriteMode.CreateIfAbsent);

    /// <summary>SRR: the answer of the filler, with the appointment as it now is.</summary>
    public static void Answer(Mapping mapping) => Map(mapping, "SCH", WriteMode.Merge);

    /// <summary>SIU S23 and S24: time that is blocked or open again. It is nobody's appointment.</summary>
    public static void Block(Mapping mapping)
    {
        var header = MshMessageHeader.Map(mapping);
        var sch = mapping.First("SCH");
        foreach (var segment in mapping.Segments)
        {
            if (segment.Name == "RGS") segment[1].Drop(Ledger.DropRule.SetId);
            if (segment.Name is "AIG" or "AIL" or "AIP") BlockedSlot.Map(segment, sch, header);
        }
    }

    private static void Map(Mapping mapping, string schedule, WriteMode mode)
    {
        var header = MshMessageHeader.Map(mapping);
        MsaMessageHeader.Map(mapping, header);
        var patient = PidPatient.Map(mapping.First("PID"), WriteMode.CreateIfAbsent);
        var encounter = patient.Exists ? Pv1Encounter.Map(mapping.First("PV1"), WriteMode.CreateIfAbsent) : default;
        var segment = mapping.First(schedule);
        if (segment.Exists)
        {
            var appointment = Appointment(mapping, segment, mode);
            header.ReferItem("focus", appointment);
            encounter = Visit(encounter, appointment);
            if (mapping.First("MSA").Exists) MsaAppointmentResponse.Map(mapping, segment, appointment);
            SchProvenance.Map(segment, appointment);
        }

        if (!header.Has("focus")) header.ReferItem("focus", patient);
    }

    private static FhirNode Appointment(Mapping mapping, SegmentValue schedule, WriteMode mode)
    {
        var request = schedule.Name == "ARQ";
        var appointment = SchAppointment.Begin(schedule, mode);
        var orders = SchServiceRequest.Map(schedule, appointment);
        AppointmentTime.Set(appointment, schedule, FirstTimed(mapping));
        SchAppointment.Patient(appointment, mapping, request);
        Segments(mapping, schedule, appointment, orders);
        SchAppointment.Contacts(appointment, AppointmentFields.Of(schedule), request);
        AppointmentTime.Complete(appointment, mapping);
        SchAppointment.Complete(appointment);
        if (mode == WriteMode.Merge && AppointmentResource.IsSnapshot(mapping))
        {
            var draft = mapping.Resources.Of(appointment);
            draft.Delete("participant");
            draft.Delete("serviceType");
        }

        return appointment;
    }

    private static void Segments(Mapping mapping, SegmentValue schedule, FhirNode appointment, List<FhirNode> orders)
    {
        var request = schedule.Name == "ARQ";
        FhirNode observation = default;
        var before = "";
        foreach (var segment in mapping.Segments)
        {
            switch (segment.Name)
            {
                case "PD1" when mapping.Patient.Exists:
                    Pd1Patient.Map(segment, mapping.Patient);
                    break;
                case "PV2" when mapping.Encounter.Exists:
                    Pv2Encounter.Map(segment, mapping.Encounter);
                    break;
                case "OBX":
                    observation = ObxObservation.Map(segment, SharingCategory.ObservationsAndLifestyle);
                    break;
                case "NTE" when before == "OBX":
                    NteNote.Map(segment, observation);
                    break;
                case "NTE":
                    NteAppointmentComment.Map(segment, appointment);
                    break;
                case "APR":
                    NteAppointmentComment.Preferences(segment, appointment);
                    break;
                case "DG1" when mapping.Patient.Exists:
                    appointment.ReferItem("reasonReference", Dg1Condition.Map(segment, mapping.Encounter));
                    break;
                case "RGS":
                    segment[1].Drop(Ledger.DropRule.SetId);
                    AppointmentResource.DropAction(segment);
                    break;
                case "AIS":
                    AisAppointment.Map(segment, schedule, appointment, orders);
                    break;
                case "AIG":
                    AigAppointment.Map(segment, appointment, request);
                    break;
                case "AIL":
                    AilAppointment.Map(segment, appointment, request);
                    break;
                case "AIP":
                    AipAppointment.Map(segment, appointment, request);
                    break;
                default:
                    break;
            }

            if (segment.Name != "NTE") before = segment.Name;
        }
    }

    // The visit of an appointment is to come, whatever the class of patient is.
    private static FhirNode Visit(FhirNode encounter, FhirNode appointment)
    {
        if (!encounter.Exists) return default;
        encounter.ReferItem("appointment", appointment);
        if (encounter.TextOf("status") is "in-progress" or "unknown" && appointment.TextOf("status") is "booked" or "proposed" or "pending" or "waitlist")
        {
            encounter.Set("status", "planned");
            foreach (var place in encounter.Items("location"))
            {
                if (place.TextOf("status") == "active") place.Constant("status", "planned");
            }
        }

        return encounter;
    }

    private static SegmentValue FirstTimed(Mapping mapping)
    {
        foreach (var segment in mapping.Segments)
        {
            if (segment.Name is "AIS" or "AIG" or "AIL" or "AIP" && AppointmentResource.TimesOf(segment).Start.HasValue) return segment;
        }

        return default;
    }
}
