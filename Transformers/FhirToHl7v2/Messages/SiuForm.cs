using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Segments;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Messages;

/// <summary>SIU: an Appointment, its services and who and what takes part (HL7 v2.8.2 10.4).</summary>
internal static class SiuForm
{
    public static void Write(MessageDraft draft)
    {
        var appointment = draft.Source.All("Appointment").FirstOrDefault();
        if (!appointment.Exists())
        {
            BlockedTime.Write(draft);
            return;
        }

        Schedule(draft, appointment);
        draft.AddNumbered("TQ1").SetTime(7, appointment.Text("start")).SetTime(8, appointment.Text("end"));
        Notes(draft, appointment);
        PatientSegments.WithVisit(draft);
        foreach (var observation in draft.Source.All("Observation").Where(observation => !PatientSegments.IsOfPatient(observation))) ObservationSegments.Write(draft, observation);
        ClinicalSegments.Write(draft);
        draft.AddNumbered("RGS").Set(2, "A");
        foreach (var service in appointment.Items("serviceType")) Service(draft, appointment, service);
        foreach (var participant in appointment.Items("participant")) Resource(draft, participant);
    }

    private static void Schedule(MessageDraft draft, JsonElement appointment)
    {
        var source = draft.Source;
        var sch = draft.Add("SCH");
        sch.SetEi(1, Cx.OfType(appointment, "PLAC").FirstOrDefault()).SetEi(2, Cx.OfType(appointment, "FILL").FirstOrDefault()).SetEi(4, Cx.OfType(appointment, "PGN").FirstOrDefault());
        foreach (var provenance in source.Provenances(appointment)) sch.SetConcepts(6, provenance.Items("reason"));
        sch.SetConcept(7, appointment.First("reasonCode"), TableMaps.AppointmentReasonCodes);
        sch.SetConcept(8, appointment.Get("appointmentType"), TableMaps.AppointmentTypeCodes);
        sch.SetMinutes(9, appointment.Text("minutesDuration"));
        Contact(sch, source, appointment, "Placer contact", 12);
        Contact(sch, source, appointment, "Filler contact", 16);
        foreach (var participant in appointment.Items("participant").Where(participant => participant.Items("type").Any(type => type.HasCode("enterer")))) Contact(sch, source, participant, 20);
        foreach (var related in appointment.Items("supportingInformation").Where(related => related.Text("type") == "Appointment"))
            sch.SetEi(Cx.TypeOf(related.Get("identifier")) == "PLAC" ? 23 : 24, related.Get("identifier"));
        Status(sch, 25, TableMaps.FillerStatusCodesAppointment.CodeFor(appointment.Text("status") ?? ""));
        var order = source.Resolve(appointment.First("basedOn"));
        sch.SetEi(26, Cx.OfType(order, "PLAC").FirstOrDefault()).SetEi(27, Cx.OfType(order, "FILL").FirstOrDefault());
    }

    private static void Contact(SegmentDraft sch, CanonicalMessage source, JsonElement appointment, string role, int field)
    {
        foreach (var participant in appointment.Items("participant").Where(participant => participant.Items("type").Any(type => type.Text("text") == role))) Contact(sch, source, participant, field);
    }

    // The person, and in the next fields his number and address.
    private static void Contact(SegmentDraft sch, CanonicalMessage source, JsonElement participant, int field)
    {
        var person = source.Resolve(participant.Get("actor"));
        sch.SetPerson(field, source, participant.Get("actor")).SetContacts(field + 1, person.Items("telecom"));
        if (field != 20) sch.SetAddresses(field + 2, person.Items("address"));
    }

    private static void Service(MessageDraft draft, JsonElement appointment, JsonElement service)
    {
        var order = draft.Source.Resolve(appointment.First("basedOn"));
        var ais = draft.AddNumbered("AIS").SetConcept(3, service);
        var period = order.Get("occurrencePeriod");
        ais.SetTime(4, period.Text("start") ?? order.Text("occurrenceDateTime"));
        ais.SetMinutes(7, Durations.Minutes(period));
        var details = order.Items("orderDetail").ToList();
        ais.SetConcept(11, details.FirstOrDefault()).SetConcept(12, details.Skip(1).FirstOrDefault());
    }

    private static void Resource(MessageDraft draft, JsonElement participant)
    {
        // Contacts and the enterer stand in SCH, the patient in PID.
        if (draft.Source.Resolve(participant.Get("actor")).Text("resourceType") == "Patient" || participant.Items("type").Any(type => type.HasCode("enterer") || type.Text("text") is "Placer contact" or "Filler contact")) return;
        var segment = AppointmentResource.Begin(draft, participant.Get("actor")).SetConcept(4, participant.First("type"));
        var period = participant.Get("period");
        AppointmentResource.SetTime(segment, period.Text("start"), Durations.Minutes(period));
        Status(segment, AppointmentResource.StatusOf(segment), participant.Text("status") switch { "accepted" => "Booked", "needs-action" => "Pending", "declined" => "Cancelled", _ => null });
    }

    // HL7 table 0278.
    private static void Status(SegmentDraft segment, int field, string? status) => segment.Set(field, status).Set(field, status, 2).Set(field, status is null ? null : "HL70278", 3);

    private static void Notes(MessageDraft draft, JsonElement appointment)
    {
        foreach (var note in appointment.Items("extension").Where(extension => extension.Text("url")?.EndsWith("Appointment.note", StringComparison.Ordinal) == true).Select(extension => extension.Get("valueAnnotation")))
        {
            var nte = draft.AddNumbered("NTE").Set(3, note.Text("text"));
            nte.SetConcept(4, note.Extension("annotationType").Get("valueCodeableConcept"), TableMaps.CommentType);
            nte.SetPerson(5, draft.Source, note.Get("authorReference")).SetTime(6, note.Text("time"));
        }
    }
}
