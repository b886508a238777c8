using System.Globalization;
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
        Schedule(draft, appointment);
        draft.Add("TQ1").Set(1, "1").SetTime(7, appointment.Text("start")).SetTime(8, appointment.Text("end"));
        Notes(draft, appointment);
        PatientSegments.Write(draft);
        VisitSegments.Write(draft);
        foreach (var observation in draft.Source.All("Observation")) ObservationSegments.Write(draft, observation);
        ClinicalSegments.Write(draft);
        draft.Add("RGS").Set(1, "1").Set(2, "A");
        foreach (var service in appointment.Items("serviceType")) Service(draft, appointment, service);
        foreach (var participant in appointment.Items("participant")) Resource(draft, participant);
    }

    private static void Schedule(MessageDraft draft, JsonElement appointment)
    {
        var source = draft.Source;
        var sch = draft.Add("SCH");
        sch.SetEi(1, Cx.OfType(appointment, "PLAC")).SetEi(2, Cx.OfType(appointment, "FILL")).SetEi(4, Cx.OfType(appointment, "PGN"));
        sch.SetConcept(7, appointment.First("reasonCode"), TableMaps.AppointmentReasonCodes);
        sch.SetConcept(8, appointment.Get("appointmentType"), TableMaps.AppointmentTypeCodes);
        if (appointment.Text("minutesDuration") is { } minutes) sch.Set(9, minutes).Set(10, "min").Set(10, "Minutes", 2).Set(10, "UCUM", 3);
        Contact(sch, source, appointment, "Placer contact", 12);
        Contact(sch, source, appointment, "Filler contact", 16);
        foreach (var participant in appointment.Items("participant").Where(participant => participant.Items("type").Any(type => type.HasCode("enterer")))) Person(sch, source, participant, 20);
        foreach (var related in appointment.Items("supportingInformation").Where(related => related.Text("type") == "Appointment"))
            sch.SetEi(Cx.TypeOf(related.Get("identifier")) == "PLAC" ? 23 : 24, related.Get("identifier"));
        var status = TableMaps.FillerStatusCodesAppointment.CodeFor(appointment.Text("status") ?? "");
        sch.Set(25, status).Set(25, status, 2).Set(25, status is null ? null : "HL70278", 3);
        var order = source.Resolve(appointment.First("basedOn"));
        sch.SetEi(26, Cx.OfType(order, "PLAC")).SetEi(27, Cx.OfType(order, "FILL"));
    }

    private static void Contact(SegmentDraft sch, CanonicalMessage source, JsonElement appointment, string role, int field)
    {
        foreach (var participant in appointment.Items("participant").Where(participant => participant.Items("type").Any(type => type.Text("text") == role))) Person(sch, source, participant, field);
    }

    // The person, and in the next fields his number and address.
    private static void Person(SegmentDraft sch, CanonicalMessage source, JsonElement participant, int field)
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
        Length(ais, period, 7);
        var details = order.Items("orderDetail").ToList();
        ais.SetConcept(11, details.FirstOrDefault()).SetConcept(12, details.Skip(1).FirstOrDefault());
    }

    private static void Resource(MessageDraft draft, JsonElement participant)
    {
        var source = draft.Source;
        var actor = source.Resolve(participant.Get("actor"));
        var (name, start) = actor.Text("resourceType") switch
        {
            "Location" => ("AIL", 6),
            "Practitioner" or "PractitionerRole" => ("AIP", 6),
            "Patient" => ("", 0),
            _ => ("AIG", 8),
        };
        // Contacts and the enterer stand in SCH.
        if (name.Length == 0 || participant.Items("type").Any(type => type.HasCode("enterer") || type.Text("text") is "Placer contact" or "Filler contact")) return;
        var segment = draft.AddNumbered(name);
        if (name == "AIL") segment.SetLocation(3, source, participant.Get("actor"));
        else if (name == "AIP") segment.SetPerson(3, source, participant.Get("actor"));
        else segment.Set(3, participant.Get("actor").Get("identifier").Text("value")).Set(3, participant.Get("actor").Text("display"), 2).Set(3, Cwe.SystemName(participant.Get("actor").Get("identifier").Text("system")), 3);
        segment.SetConcept(4, participant.First("type"));
        segment.SetTime(start, participant.Get("period").Text("start"));
        Length(segment, participant.Get("period"), start + 3);
        var status = participant.Text("status") switch { "accepted" => "Booked", "needs-action" => "Pending", "declined" => "Cancelled", _ => null };
        segment.Set(start + 6, status).Set(start + 6, status, 2).Set(start + 6, status is null ? null : "HL70278", 3);
    }

    private static void Length(SegmentDraft segment, JsonElement period, int field)
    {
        if (!DateTimeOffset.TryParse(period.Text("start"), CultureInfo.InvariantCulture, out var start) || !DateTimeOffset.TryParse(period.Text("end"), CultureInfo.InvariantCulture, out var end)) return;
        segment.Set(field, (end - start).TotalMinutes.ToString("0", CultureInfo.InvariantCulture)).Set(field + 1, "min").Set(field + 1, "Minutes", 2).Set(field + 1, "UCUM", 3);
    }

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
